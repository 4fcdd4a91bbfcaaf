using System;

namespace CCApi.Sdk.Benchmarks;

internal static class AllBenchmarks
{
    public static Type[] Types { get; } =
        [typeof(PlainCall), typeof(LongRequest), typeof(StreamAsChunks), typeof(StreamAsText), typeof(StreamWithPadding), typeof(ImageCall), typeof(CatalogCall)];
}
