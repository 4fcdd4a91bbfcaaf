using System;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Reads the body of a response with a success status as what the contract specifies, or throws the failure that it contains.
/// </summary>
internal static class ResponseReader
{
    /// <summary>Reads a response to its end, and disposes it.</summary>
    public static async ValueTask<T> ReadAsync<T>(ApiCall call, HttpResponseMessage response, JsonRead.ReadClass<T> read)
        where T : class, IApiResponse
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(call, response, call.MaxResponseBytes).ConfigureAwait(false);
            var result = await ReadAsync(call, response, body, read).ConfigureAwait(false);
            result.Info = ResponseCosts.Info(call, response, result);
            ResponseCosts.BookPending(call, result);

            return result;
        }
    }

    /// <summary>Reads a body that was received to its end. The end of the call ends the wait for a long one.</summary>
    public static ValueTask<T> ReadAsync<T>(
        ApiCall call, HttpResponseMessage response, PooledBuffer body, JsonRead.ReadClass<T> read)
        where T : class, IApiResponse
    {
        if (body.Length > BodyParser.LongestInline)
        {
            return ReadLongAsync(call, response, body, read);
        }

        return new ValueTask<T>(Read(call, response, body.Written, read));
    }

    /// <remarks>In a method of its own, because a lambda allocates what it captures also where it is not reached.</remarks>
    private static ValueTask<T> ReadLongAsync<T>(
        ApiCall call, HttpResponseMessage response, PooledBuffer body, JsonRead.ReadClass<T> read)
        where T : class, IApiResponse =>
        BodyParser.RunAsync(call, body, () => Read(call, response, body.Written, read));

    public static T Read<T>(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, JsonRead.ReadClass<T> read)
        where T : class, IApiResponse
    {
        T? result;
        var json = JsonStart.SkipByteOrderMark(body);
        CheckValues(call, response, json);

        try
        {
            var reader = JsonRead.Of(json);
            reader.Read();
            result = read(ref reader);
            if (result is null)
            {
                // Another kind of value, which must be JSON as well.
                reader.Skip();
            }

            // More after the document is an error.
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw new CallFailureException(FailureClassifier.Unreadable(call, response, Form(json), body, exception));
        }

        var error = result is null ? ErrorBody.Parse(json) : EmbeddedError.FindInResponse(result, json);
        if (error is not null)
        {
            var partial = Partial(call, response, result);
            throw new CallFailureException(FailureClassifier.FromSuccess(call, response, error, body) with { Partial = partial });
        }

        (result as IJobResponse)?.Redact(call.Redaction);

        return result ?? throw new CallFailureException(FailureClassifier.Unreadable(call, response, "JSON that is not an object", body));
    }

    /// <summary>What was received beside an error.</summary>
    private static IPartialResponse? Partial(ApiCall call, HttpResponseMessage response, IApiResponse? result)
    {
        if (result is not IPartialResponse { HasPayload: true } partial)
        {
            return null;
        }

        partial.IsTruncated = true;
        partial.Info = ResponseCosts.Info(call, response, partial);

        return partial;
    }

    /// <summary>Reads a response to its end as a type of the caller's, and disposes it. One that needs no body may be empty.</summary>
    public static async ValueTask<T> ReadAsync<T>(ApiCall call, HttpResponseMessage response, JsonTypeInfo<T> type)
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(call, response, call.MaxResponseBytes).ConfigureAwait(false);
            if (!call.Request.IsRead)
            {
                ResponseCosts.OfBody(call, response, body.Written);
            }

            var isEmpty = JsonStart.Of(body.Written).IsEmpty;
            if (isEmpty && !NeedsBody(call, response))
            {
                return default!;
            }

            if (body.Length > BodyParser.LongestInline)
            {
                return await ReadLongAsync(call, response, body, type).ConfigureAwait(false);
            }

            return Read(call, response, body.Written, type);
        }
    }

    private static ValueTask<T> ReadLongAsync<T>(ApiCall call, HttpResponseMessage response, PooledBuffer body, JsonTypeInfo<T> type) =>
        BodyParser.RunAsync(call, body, () => Read(call, response, body.Written, type));

    /// <summary>
    /// Whether a response without a body is not complete. One that reports that something was created, accepted or done needs none;
    /// a GET or a POST that returns 200 has a result, which is missing then.
    /// </summary>
    private static bool NeedsBody(ApiCall call, HttpResponseMessage response)
    {
        var isDone = response.StatusCode
            is HttpStatusCode.Created
            or HttpStatusCode.Accepted
            or HttpStatusCode.NoContent
            or HttpStatusCode.ResetContent;
        var hasResult = call.Request.Method == HttpMethod.Get || call.Request.Method == HttpMethod.Post;

        return hasResult && !isDone;
    }

    /// <summary>Reads a type of the caller's. The response is an error when its root reports one.</summary>
    public static T Read<T>(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        var json = JsonStart.SkipByteOrderMark(body);
        CheckValues(call, response, json);

        try
        {
            ThrowIfError(call, response, json, body);
            return JsonSerializer.Deserialize(json, type)
                ?? throw new CallFailureException(FailureClassifier.Unreadable(call, response, "JSON null", body));
        }
        catch (JsonException exception)
        {
            var detail = call.Redaction.Apply(exception.Message);
            throw new CallFailureException(
                FailureClassifier.Unreadable(call, response, $"{Form(json)}, or of another shape ({detail})", body, exception));
        }
    }

    /// <summary>Throws when JSON that nobody reads further reports an error at its root; what is not JSON passes.</summary>
    public static void ThrowIfError(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var json = JsonStart.SkipByteOrderMark(body);
        CheckValues(call, response, json);

        try
        {
            ThrowIfError(call, response, json, body);
        }
        catch (JsonException)
        {
            // The caller gets the bytes as they are.
        }
    }

    private static void ThrowIfError(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> json, ReadOnlySpan<byte> body)
    {
        if (EmbeddedError.FindInJson(json) is { } error)
        {
            throw new CallFailureException(FailureClassifier.FromSuccess(call, response, error, body));
        }
    }

    private static void CheckValues(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> json)
    {
        if (!JsonValues.AreWithin(json, call.MaxJsonValues))
        {
            throw new CallFailureException(CallFailure.Protocol(TooManyValues(call)) with
            {
                Status = response.StatusCode,
                Headers = response.Headers,
                MayHaveBeenSent = true,
            });
        }
    }

    /// <summary>The message of a document with too many values, also for one event of a stream.</summary>
    public static string TooManyValues(ApiCall call) =>
        FormattableString.Invariant($"{call.Request} returned JSON with more than {call.MaxJsonValues} values ")
        + "in less than 4 bytes each, which would take many times its size in memory. "
        + "Raise CCApiClientOptions.MaxJsonValues if that is right.";

    private static string Form(ReadOnlySpan<byte> body)
    {
        var start = JsonStart.Of(body);
        if (start.IsEmpty)
        {
            return "an empty body";
        }

        return start[0] switch
        {
            (byte)'<' => "HTML instead of JSON",
            (byte)'{' or (byte)'[' => "JSON that is broken or truncated",
            _ => "text that is not JSON",
        };
    }
}
