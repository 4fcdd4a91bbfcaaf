using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Support;
using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>One cell while it runs: a client, a call, a server that follows the script, and what was seen of them.</summary>
internal sealed class JointRun : IDisposable
{
    private const string HandlerHeader = "X-Handler";
    private const string ClientHeader = "X-Client";
    private const string CallHeader = "X-Call";

    private readonly JointScenario _scenario;
    private readonly JointServer _server;
    private readonly ConcurrentQueue<JointRequest> _requests = new();
    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly Lock _gate = new();
    private readonly List<(int Bytes, TaskCompletionSource Reached)> _readers = [];
    private HttpClient? _httpClient;
    private int _read;
    private int _attempt;
    private int _charges;
    private int _keys;
    private int _refusals;

    public JointRun(JointCall call, JointScenario scenario)
    {
        Call = call;
        _scenario = scenario;
        FaultPosition = scenario.AtStart(call) ? 0 : call.FaultPosition();
        _server = new JointServer(ServeAsync);
    }

    public JointCall Call { get; }

    /// <summary>How many requests have got their response.</summary>
    public int Position { get; private set; }

    /// <summary>The request that meets the fault.</summary>
    public int FaultPosition { get; }

    public SkippingTime Clock { get; } = new();

    public CCApiClientOptions ClientOptions { get; } = new();

    public CCApiRequestOptions Options { get; } = new();

    public CCApiClient Client { get; private set; } = null!;

    public Uri Media => Unreachable?.Origin ?? _server.Media;

    public CancellationTokenSource CallToken { get; } = new();

    public CancellationTokenSource FirstReader { get; } = new();

    public CancellationTokenSource LaterReader { get; } = new();

    /// <summary>Whether the caller leaves the loop after its first element.</summary>
    public bool LeavesLoop { get; set; }

    /// <summary>Whether the client is disposed before the call.</summary>
    public bool IsDisposedBefore { get; set; }

    /// <summary>Whether the client makes its connections itself, and not a handler of the test.</summary>
    public bool HasOwnConnections { get; set; }

    /// <summary>A place where no request is received, in the place of the server.</summary>
    public UnreachableServer? Unreachable { get; set; }

    /// <summary>How many connections are rejected at the request that meets the fault.</summary>
    public int ConnectionRefusedCount { get; set; }

    /// <summary>Whether the call and the caller's HttpClient have headers.</summary>
    public bool HasOwnHeaders { get; set; }

    /// <summary>The keys that the provider returns, one after the other; the last one again and again. Null when there is no provider.</summary>
    public string[]? Keys { get; set; }

    /// <summary>Whether the provider cancels the call and then never returns, at the request that meets the fault.</summary>
    public bool HasHangingProvider { get; set; }

    /// <summary>What a tool does, besides returning a text.</summary>
    public Func<Task>? Tool { get; set; }

    /// <summary>Disposes of what the call returned to be read.</summary>
    public Func<ValueTask>? DisposeStream { get; set; }

    /// <summary>Runs the cell.</summary>
    /// <param name="patience">How long a call may take in real time; a call that hangs is an outcome too.</param>
    public async Task<string> RunAsync(TimeSpan patience)
    {
        Configure();
        var outcome = await OutcomeAsync(patience);
        if (!outcome.StartsWith("hangs", StringComparison.Ordinal))
        {
            outcome += await LeftOpenAsync(patience);
        }

        foreach (var problem in _server.Problems)
        {
            throw new InvalidOperationException("The server failed.", problem);
        }

        return string.Join("; ", [FormattableString.Invariant($"{outcome} {_requests.Count}/{_charges}"), .. _leaks.Distinct()]);
    }

    public void AddCharge() => Interlocked.Increment(ref _charges);

    /// <summary>Goes on to the next request of the call.</summary>
    public void Advance()
    {
        lock (_gate)
        {
            Position++;
            _attempt = 0;
        }
    }

    /// <summary>Called by a reader of bytes that has so many of them and waits for more.</summary>
    public void HasRead(int bytes)
    {
        lock (_gate)
        {
            _read = bytes;
            _readers.FindAll(reader => reader.Bytes <= bytes).ForEach(reader => reader.Reached.TrySetResult());
        }
    }

    /// <summary>Ends when the reader of bytes has so many of them and waits for more.</summary>
    public Task ReadAsync(int bytes)
    {
        lock (_gate)
        {
            if (_read >= bytes)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _readers.Add((bytes, reached));
            return reached.Task;
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        Unreachable?.Dispose();
        _httpClient?.Dispose();
        Client.Dispose();
        CallToken.Dispose();
        FirstReader.Dispose();
        LaterReader.Dispose();
    }

    private void Configure()
    {
        ClientOptions.ApiKey = "client-key";
        ClientOptions.TimeProvider = Clock;
        ClientOptions.Headers[ClientHeader] = "1";
        _scenario.Set(this);
        if (HasOwnHeaders)
        {
            Options.Headers[CallHeader] = "1";
        }

        ClientOptions.BaseAddress = new Uri(Unreachable?.Origin ?? _server.Api, "v1");
        if (Keys is not null)
        {
            ClientOptions.ApiKeyProvider = KeyAsync;
        }

        if (HasOwnConnections)
        {
            Client = new CCApiClient(ClientOptions);
            return;
        }

        _httpClient = new HttpClient(_server.CreateHandler(ThrowConnectionRefused)) { Timeout = Timeout.InfiniteTimeSpan };
        if (HasOwnHeaders)
        {
            _httpClient.DefaultRequestHeaders.Add(HandlerHeader, "1");
        }

        Client = new CCApiClient(_httpClient, ClientOptions);
        if (IsDisposedBefore)
        {
            Client.Dispose();
        }
    }

    private async Task<string> OutcomeAsync(TimeSpan patience)
    {
        try
        {
            return await JointCalls.MakeAsync(this).WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            return "hangs";
        }
#pragma warning disable CA1031 // Which exception it is, is what is tested.
        catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
#pragma warning restore CA1031
        {
            return NameOf(exception);
        }
    }

    private async Task<string> LeftOpenAsync(TimeSpan patience)
    {
        try
        {
            await _server.ServedAsync().WaitAsync(patience);
            return "";
        }
        catch (TimeoutException)
        {
            return " (left open)";
        }
    }

    private static string NameOf(Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException:
                return "Canceled";
            case ObjectDisposedException:
                return "Disposed";
            case CCApiTimeoutException timeout:
                return $"Timeout:{timeout.Kind}";
            case CCApiException:
                var name = exception.GetType().Name.Replace("CCApi", "", StringComparison.Ordinal)[..^"Exception".Length];
                var cause = exception is ChatStructuredOutputException or SpeechSaveException ? exception.InnerException : null;
                return cause is null ? name : $"{name}:{NameOf(cause)}";
            default:
                return exception.ToString();
        }
    }

    private Task ServeAsync(JointRequest request, Socket socket, WatchedConnection? client)
    {
        _requests.Enqueue(request);
        Inspect(request);
        int attempt;
        lock (_gate)
        {
            attempt = _attempt++;
        }

        var turn = new JointTurn(this, request, attempt, socket, client);
        return _scenario.AtEvery || Position == FaultPosition ? _scenario.ServeAsync(turn) : turn.RespondAsync();
    }

    /// <summary>The key and the headers reach every request of a call, and no other host.</summary>
    private void Inspect(JointRequest request)
    {
        string[] expected = HasOwnHeaders ? ["Authorization", ClientHeader, CallHeader, HandlerHeader] : ["Authorization", ClientHeader];
        foreach (var name in expected)
        {
            if (request.IsMedia != request.Header(name) is null)
            {
                _leaks.Enqueue($"{name} {(request.IsMedia ? "reaches another host" : "is missing")}");
            }
        }

        if (!request.IsMedia && Options.ApiKey is { } key && request.Header("Authorization") != $"Bearer {key}")
        {
            _leaks.Enqueue("another key than the call's is sent");
        }
    }

    private ValueTask<string> KeyAsync(CancellationToken cancellationToken)
    {
        if (HasHangingProvider && Position == FaultPosition)
        {
            CallToken.Cancel();
            return new ValueTask<string>(new TaskCompletionSource<string>().Task);
        }

        var number = Position < FaultPosition ? 0 : _keys++;
        return new ValueTask<string>(Keys![Math.Min(number, Keys.Length - 1)]);
    }

    private void ThrowConnectionRefused()
    {
        if (Position == FaultPosition && _refusals < ConnectionRefusedCount)
        {
            _refusals++;
            throw new SocketException((int)SocketError.ConnectionRefused);
        }
    }
}
