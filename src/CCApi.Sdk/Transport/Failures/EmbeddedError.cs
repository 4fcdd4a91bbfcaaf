using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Finds the error in a response whose status is a success.</summary>
internal static class EmbeddedError
{
    /// <summary>
    /// What went wrong; null when nothing did. Some gateways report it inside a choice, or in a list of nothing but errors
    /// (observed).
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="json">The JSON that it was read from.</param>
    public static ErrorBody? FindInResponse(IApiResponse response, ReadOnlySpan<byte> json)
    {
        var error = response is IJobResponse job ? FindInJob(job, json) : FindInRoot(response, json);
        if (error is not null)
        {
            return error;
        }

        return response switch
        {
            IPartialResponse { Parts: { } parts } => FindInParts(parts),
            IListResponse { EmptyItems: { } items } => FindInParts(items),
            _ => null,
        };
    }

    /// <summary>The error of a call about a job; that of the job itself is none.</summary>
    private static ErrorBody? FindInJob(IJobResponse job, ReadOnlySpan<byte> json)
    {
        if (job.HasResult)
        {
            return null;
        }

        if (ErrorSigns.Of(json).HasFailed)
        {
            return ErrorBody.Parse(json) ?? Unexplained();
        }

        var (hasId, hasStatus) = (!string.IsNullOrEmpty(job.JobId), !string.IsNullOrEmpty(job.JobStatus));
        var isNumber = int.TryParse(job.JobStatus, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
        var hasState = hasStatus && !isNumber;
        var isJob = hasId && hasState;
        var isFailedJob = job.HasError && (hasId || hasState);
        if (isJob || isFailedJob)
        {
            return null;
        }

        // A status or a code that stands for an error, or an error without any sign of a job.
        var error = ErrorBody.Parse(json);
        var hasCode = error?.Status is not null || ErrorStatus.OfWord(error?.Code) is not null;
        var isOfCall = !hasId && (!hasStatus || IsFailedStatus(job.JobStatus));
        var isErrorAlone = isOfCall && error?.Message is not null;
        if (hasCode || isErrorAlone)
        {
            return error;
        }

        return FindInRoot(job, json);
    }

    private static bool IsFailedStatus(string? status) =>
        string.Equals(status, "error", StringComparison.OrdinalIgnoreCase)
        || string.Equals(status, "fail", StringComparison.OrdinalIgnoreCase)
        || string.Equals(status, "failed", StringComparison.OrdinalIgnoreCase);

    private static ErrorBody? FindInRoot(IApiResponse response, ReadOnlySpan<byte> json) =>
        FindInUnknownMembers(response.AdditionalProperties, response.HasPayload) ?? FindInList(json);

    private static ErrorBody? FindInParts(IReadOnlyList<IUnknownMembers> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (FindInUnknownMembers(parts[i].AdditionalProperties, hasPayload: true) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>What went wrong; null when nothing did.</summary>
    public static ErrorBody? FindInUnknownMembers(IDictionary<string, JsonElement>? unknownMembers, bool hasPayload)
    {
        if (unknownMembers is null)
        {
            return null;
        }

        return FindInMembers(unknownMembers, hasPayload ? Certainty.BesidePayload : Certainty.Message);
    }

    /// <summary>The same for members of what need not be a response, such as a heartbeat with a message.</summary>
    public static ErrorBody? FindCertainInUnknownMembers(IDictionary<string, JsonElement>? unknownMembers) =>
        unknownMembers is null ? null : FindInMembers(unknownMembers, Certainty.Code);

    /// <summary>
    /// The same for a response of a type of the caller's. An <c>error</c> beside an <c>id</c> or <c>data</c> is the state of a
    /// task, which the caller wants to see.
    /// </summary>
    public static ErrorBody? FindInJson(ReadOnlySpan<byte> json)
    {
        var reader = JsonRead.Of(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return FindInList(json);
        }

        var signs = ErrorSigns.Of(json);
        var isErrorAlone = signs.IsError && !signs.HasPayload;
        var isCertain = signs.HasFailed || signs.IsErrorObject;
        if (isCertain || isErrorAlone)
        {
            return ErrorBody.Parse(json) ?? Unexplained();
        }

        return null;
    }

    /// <summary>The same for a list: it is an error when it holds nothing else (observed).</summary>
    private static ErrorBody? FindInList(ReadOnlySpan<byte> json)
    {
        var reader = JsonRead.Of(json);
        reader.Read();
        var count = 0;

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (FindInJson(json.Slice(start, (int)reader.BytesConsumed - start)) is null)
            {
                return null;
            }

            count++;
        }

        if (count > 0 && reader.TokenType == JsonTokenType.EndArray)
        {
            return ErrorBody.Parse(json) ?? Unexplained();
        }

        return null;
    }

    private static ErrorBody Unexplained() => ErrorBody.Text("The response reports a failure without a reason.");

    private static ErrorBody? FindInMembers(IDictionary<string, JsonElement> members, Certainty certainty)
    {
        if (members is UnknownMembers unknown && unknown.TryGetJson(out var json))
        {
            return FindInObject(json, certainty);
        }

        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            JsonWrite.Unknown(writer, members);
            writer.WriteEndObject();
        }

        return FindInObject(buffer.Written, certainty);
    }

    private static ErrorBody? FindInObject(ReadOnlySpan<byte> json, Certainty certainty)
    {
        var signs = ErrorSigns.Of(json);
        var isError = signs.HasError || signs.HasFailed;
        if (certainty != Certainty.BesidePayload)
        {
            isError |= signs.IsError || signs.IsErrorObject;
        }

        if (isError)
        {
            return ErrorBody.Parse(json) ?? Unexplained();
        }

        if (certainty == Certainty.Message && ErrorBody.Parse(json) is { } error)
        {
            var isExplained = error.Message is not null || error.Status is not null;
            return isExplained || ErrorStatus.OfWord(error.Code) is not null ? error : null;
        }

        return null;
    }

    /// <summary>What counts as an error.</summary>
    private enum Certainty
    {
        /// <summary>Only what has no other meaning, because there is a result as well.</summary>
        BesidePayload,

        /// <summary>An error, or a message with a code that stands for one.</summary>
        Code,

        /// <summary>Any message.</summary>
        Message,
    }
}
