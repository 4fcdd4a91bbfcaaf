using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using WireMock.Server;
using RequestMatch = WireMock.RequestBuilders.Request;
using Stub = WireMock.ResponseBuilders.Response;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>A gateway on this machine that responds as configured and keeps what it received.</summary>
internal sealed class Gateway : IDisposable
{
    public const string Key = "sk-test-0123456789";

    private readonly WireMockServer _server = WireMockServer.Start();

    public string Url => _server.Url!;

    /// <summary>The clock of the clients: every wait is over at once.</summary>
    public SkippingTime Time { get; } = new();

    public IReadOnlyList<Message> Received => [.. _server.LogEntries.Select(entry => Message.From(entry.RequestMessage!))];

    /// <summary>Responds to every call the same.</summary>
    public Gateway Always(Reply reply)
    {
        _server.Given(RequestMatch.Create().UsingAnyMethod()).RespondWith(Build(reply));
        return this;
    }

    /// <summary>Responds to the calls of a path the same.</summary>
    public Gateway At(string path, Reply reply)
    {
        _server.Given(RequestMatch.Create().UsingAnyMethod().WithPath(path)).RespondWith(Build(reply));
        return this;
    }

    /// <summary>Sends one response after the other, then repeats the last.</summary>
    public Gateway InTurn(params Reply[] replies)
    {
        for (var i = 0; i < replies.Length; i++)
        {
            var stub = _server.Given(RequestMatch.Create().UsingAnyMethod()).InScenario("in turn");
            stub = i == 0 ? stub : stub.WhenStateIs($"{i}");
            stub.WillSetStateTo($"{Math.Min(i + 1, replies.Length - 1)}").RespondWith(Build(replies[i]));
        }

        return this;
    }

    public CCApiClient CreateClient(Action<CCApiClientOptions>? configure = null)
    {
        var options = new CCApiClientOptions { ApiKey = Key, BaseAddress = new Uri($"{Url}/v1"), TimeProvider = Time };
        options.Retry.BaseDelay = TimeSpan.Zero;
        configure?.Invoke(options);
        return new CCApiClient(options);
    }

    public void Dispose() => _server.Dispose();

    private static WireMock.ResponseBuilders.IResponseBuilder Build(Reply reply)
    {
        var stub = Stub.Create().WithStatusCode(reply.Status);
        foreach (var header in reply.Headers)
        {
            stub = stub.WithHeader(header.Name, header.Value);
        }

        return stub.WithHeader("Content-Type", reply.MediaType).WithBody(reply.Body);
    }
}
