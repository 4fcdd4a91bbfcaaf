using System;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Turns the body of an answer with a success status into what the contract says, or into the error that it is.</summary>
internal static class ResponseReader
{
    public static T Read<T>(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, JsonRead.ReadClass<T> read)
        where T : class, IApiResponse
    {
        T? answer;
        var json = JsonStart.SkipByteOrderMark(body);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            answer = read(ref reader);
        }
        catch (JsonException exception)
        {
            throw ErrorMapper.Unreadable(call.Request, response, Form(json), body, call.Key, exception);
        }

        var error = answer is null ? ErrorBody.Parse(json) : EmbeddedError.Find(answer, json);
        if (error is not null)
        {
            var exception = ErrorMapper.FromSuccess(call, response, error, body);
            exception.PartialResponse = Partial(call, response, answer);
            throw exception;
        }

        if (answer is MultimodalImageGenerationResponse { Error: { } jobError })
        {
            Redact(jobError, call.Key);
        }

        return answer ?? throw ErrorMapper.Unreadable(call.Request, response, "JSON that is no object", body, call.Key);
    }

    /// <summary>Why a job failed becomes the message of an exception, later and elsewhere.</summary>
    private static void Redact(ErrorObject error, string? key)
    {
        error.Message = KeyRedaction.Apply(error.Message, key);
        error.Type = KeyRedaction.Apply(error.Type?.Value, key);
        error.Code = KeyRedaction.Apply(error.Code?.Value, key);
        error.Param = KeyRedaction.Apply(error.Param, key);
        error.Details = KeyRedaction.Apply(error.Details, key);
        error.Metadata = KeyRedaction.Apply(error.Metadata, key);
    }

    /// <summary>What came beside an error.</summary>
    private static ChatCompletionResponse? Partial(ApiCall call, HttpResponseMessage response, IApiResponse? answer)
    {
        if (answer is not ChatCompletionResponse { Choices.Count: > 0 } partial)
        {
            return null;
        }

        partial.IsTruncated = true;
        partial.Info = call.Info(response);
        return partial;
    }

    /// <summary>Reads a type of the caller's; the answer counts as an error when its root says so.</summary>
    public static T Read<T>(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        var json = JsonStart.SkipByteOrderMark(body);
        try
        {
            if (EmbeddedError.Find(json) is { } error)
            {
                throw ErrorMapper.FromSuccess(call, response, error, body);
            }

            return JsonSerializer.Deserialize(json, type) ?? throw ErrorMapper.Unreadable(call.Request, response, "JSON null", body, call.Key);
        }
        catch (JsonException exception)
        {
            var detail = KeyRedaction.Apply(exception.Message, call.Key);
            throw ErrorMapper.Unreadable(call.Request, response, $"{Form(json)}, or of another shape ({detail})", body, call.Key, KeyRedaction.Cause(exception, call.Key));
        }
    }

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
            (byte)'{' or (byte)'[' => "JSON that is broken or cut off",
            _ => "text that is not JSON",
        };
    }
}
