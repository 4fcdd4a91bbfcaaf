using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>What reads the responses that are one document of a type: created once for the type, and not for each call.</summary>
internal static class DocumentReader<T>
    where T : class, IApiResponse
{
    private static Tuple<JsonRead.ReadClass<T>, Func<ApiCall, HttpResponseMessage, ValueTask<T>>>? _last;

    /// <summary>Reads a response to its end.</summary>
    /// <param name="read">Reads the document.</param>
    public static Func<ApiCall, HttpResponseMessage, ValueTask<T>> Of(JsonRead.ReadClass<T> read)
    {
        var last = Volatile.Read(ref _last);
        if (last?.Item1 == read)
        {
            return last.Item2;
        }

        return Create(read);
    }

    /// <remarks>In a method of its own, because a lambda allocates what it captures also where it is not reached.</remarks>
    private static Func<ApiCall, HttpResponseMessage, ValueTask<T>> Create(JsonRead.ReadClass<T> read)
    {
        Func<ApiCall, HttpResponseMessage, ValueTask<T>> reader = (call, response) => ResponseReader.ReadAsync(call, response, read);
        Volatile.Write(ref _last, Tuple.Create(read, reader));

        return reader;
    }
}
