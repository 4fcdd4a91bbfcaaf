using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Reads a document that lies in many small pieces of memory, so that names and values are cut.</summary>
internal static class CutJson
{
    public static object? Read(Type type, string json, int segmentLength)
    {
        var reader = new Utf8JsonReader(Cut(Encoding.UTF8.GetBytes(json), segmentLength));
        return JsonSerializer.Deserialize(ref reader, CCApiJsonContext.Default.GetTypeInfo(type)!);
    }

    public static ReadOnlySequence<byte> Cut(byte[] bytes, int segmentLength)
    {
        var first = new Segment(ReadOnlyMemory<byte>.Empty, 0);
        var last = first;
        for (var start = 0; start < bytes.Length; start += segmentLength)
        {
            last = last.Append(bytes.AsMemory(start, Math.Min(segmentLength, bytes.Length - start)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
