using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Reads the body of a response into pooled memory, within the budgets and a limit.</summary>
internal static class ResponseBody
{
    private const int FirstRead = 16 * 1024;

    private const int LargestFirstRead = 64 * 1024;

    // After kilobytes of white space (observed) and a quoted request, an error contains nothing new.
    private const int LargestError = 1024 * 1024;

    /// <summary>Reads all of it.</summary>
    /// <exception cref="CallFailureException">It is larger than <paramref name="limit"/>, or cannot be decompressed.</exception>
    public static async ValueTask<PooledBuffer> ReadAsync(ApiCall call, HttpResponseMessage response, long limit)
    {
        var length = response.Content.Headers.ContentLength;
        if (length > limit)
        {
            throw TooLarge(call, response, limit);
        }

        var buffer = new PooledBuffer((int)Math.Min((length ?? FirstRead) + 1, LargestFirstRead));

        try
        {
            using var stream = await OpenAsync(call, response).ConfigureAwait(false);
            while (true)
            {
                // With all that was promised, only the end is left to read.
                if (buffer.Length != length)
                {
                    call.Clock.Enter(CCApiTimeoutKind.Idle, call.IdleTimeout);
                }

                // At the limit, one more byte is read and not kept: growing for it would double the memory.
                var room = buffer.Length < limit ? buffer.GetMemory(Growth(buffer.Length, length)) : new byte[1];
                var read = await ReadAsync(call, stream, room).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer;
                }

                call.BytesReceived += read;
                if (buffer.Length + (long)read > limit)
                {
                    throw TooLarge(call, response, limit);
                }

                buffer.Advance(read);
            }
        }
        catch (Exception exception)
        {
            DetachIfInUse(buffer, exception);
            buffer.Dispose();
            if (ExceptionClassifier.IsUndecodable(exception))
            {
                throw new CallFailureException(ExceptionClassifier.Undecodable(call, response, exception));
            }

            throw;
        }
    }

    /// <summary>
    /// How many bytes to make room for: the promised rest, but so that the buffer is never more than four times what was received,
    /// because a promise costs a server nothing.
    /// </summary>
    private static int Growth(int received, long? length)
    {
        var promised = length - received + 1;
        if (promised > 0)
        {
            return (int)Math.Min(promised.Value, 3L * received);
        }

        return 0;
    }

    /// <summary>Reads the next bytes; false at the end.</summary>
    /// <exception cref="CallFailureException">It is larger than <paramref name="limit"/>, or cannot be decompressed.</exception>
    public static async ValueTask<bool> ReadMoreAsync(
        ApiCall call, HttpResponseMessage response, Stream stream, PooledBuffer buffer, long limit)
    {
        int read;
        try
        {
            read = await ReadAsync(call, stream, buffer.GetMemory()).ConfigureAwait(false);
        }
        catch (TokenIgnoredException)
        {
            buffer.Detach();
            throw;
        }
        catch (Exception exception) when (ExceptionClassifier.IsUndecodable(exception))
        {
            throw new CallFailureException(ExceptionClassifier.Undecodable(call, response, exception));
        }

        buffer.Advance(read);
        call.BytesReceived += read;
        if (buffer.Length > limit)
        {
            throw TooLarge(call, response, limit);
        }

        return read > 0;
    }

    /// <summary>Reads the start of an error's body. Its status counts, whatever its length, and also when the connection breaks.</summary>
    public static async ValueTask<PooledBuffer> ReadStartAsync(ApiCall call, HttpResponseMessage response)
    {
        var buffer = new PooledBuffer(FirstRead);
        try
        {
            using var stream = await OpenAsync(call, response).ConfigureAwait(false);
            while (buffer.Length < LargestError)
            {
                call.Clock.Enter(CCApiTimeoutKind.Idle, call.IdleTimeout);
                var read = await ReadAsync(call, stream, buffer.GetMemory()).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                buffer.Advance(read);
                call.BytesReceived += read;
            }

            return buffer;
        }
        catch (Exception exception) when (IsBroken(exception) && !call.Clock.IsStopped)
        {
            DetachIfInUse(buffer, exception);
            return buffer;
        }
        catch (Exception exception)
        {
            DetachIfInUse(buffer, exception);
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>The stream of the body, whose reads end when a budget runs out.</summary>
    public static async ValueTask<Stream> OpenAsync(ApiCall call, HttpResponseMessage response)
    {
#if NETSTANDARD2_0
        // There a read ignores its token; only closing the connection ends it.
        call.Clock.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), response);
        var opening = response.Content.ReadAsStreamAsync();
#else
        var opening = response.Content.ReadAsStreamAsync(call.Clock.Token);
#endif
        return await call.Clock.WaitAsync(new ValueTask<Stream>(opening), static late => late.Dispose()).ConfigureAwait(false);
    }

    /// <remarks>A stream that always has bytes may ignore its token for ever.</remarks>
    private static ValueTask<int> ReadAsync(ApiCall call, Stream stream, Memory<byte> memory)
    {
        var token = call.Clock.Token;
        token.ThrowIfCancellationRequested();

        return call.Clock.WaitAsync(stream.ReadSomeAsync(memory, token));
    }

    private static void DetachIfInUse(PooledBuffer buffer, Exception exception)
    {
        if (exception is TokenIgnoredException)
        {
            buffer.Detach();
        }
    }

    private static bool IsBroken(Exception exception) =>
        ExceptionClassifier.IsUndecodable(exception)
        || exception is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException;

    private static CallFailureException TooLarge(ApiCall call, HttpResponseMessage response, long limit)
    {
        var detail = FormattableString.Invariant(
            $"{call.Request} returned more than {limit} bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right.");
        return new CallFailureException(CallFailure.Protocol(detail) with
        {
            Status = response.StatusCode,
            Headers = response.Headers,
            MayHaveBeenSent = true,
        });
    }
}
