using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CCApi.Emulator;

/// <summary>
/// The whole gateway on loopback: all operations, authentication, streaming, jobs, credits and faults over a real socket.
/// Deterministic by seed. Thread-safe; dispose of it to free the port.
/// </summary>
public sealed class CCApiEmulator : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly GatewayParts _parts;

    private CCApiEmulator(WebApplication server, GatewayParts parts, CCApiEmulatorOptions options)
    {
        _server = server;
        _parts = parts;

        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        BaseAddress = new Uri(new Uri(addresses.First()), "v1/");
        parts.MediaOrigin = new Uri(addresses.Last());
        ApiKey = options.ApiKey;
        Ledger = parts.Account.Ledger;
        Faults = parts.Faults;
        Script = parts.Script;
    }

    /// <summary>The address to set as <see cref="CCApiClientOptions.BaseAddress"/>: <c>http://127.0.0.1:port/v1/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>A key that it accepts.</summary>
    public string ApiKey { get; }

    /// <summary>The charges and refunds of <see cref="Account"/>.</summary>
    public EmulatorLedger Ledger { get; }

    /// <summary>Faults for the next requests.</summary>
    public EmulatorFaults Faults { get; }

    /// <summary>Responses that it returns instead of those that it generates.</summary>
    public EmulatorScript Script { get; }

    /// <summary>
    /// The requests that it received, oldest first: the last 4,096, and at most 64 MiB of their bodies. A copy at the time of the
    /// call.
    /// </summary>
    public IReadOnlyList<ReceivedRequest> Requests => _parts.Requests.Snapshot();

    /// <summary>The requests for files that responses linked to, such as images: the last 1,024.</summary>
    public IReadOnlyList<EmulatorMediaRequest> MediaRequests => _parts.MediaHost.Requests;

    /// <summary>The attempts to announce the end of a job to its <c>webhook_url</c>: the last 4,096.</summary>
    public IReadOnlyList<EmulatorWebhookDelivery> WebhookDeliveries => _parts.Webhooks.Deliveries;

    /// <summary>The account of <see cref="ApiKey"/>, with its limits and credits.</summary>
    public EmulatorAccount Account => _parts.Account;

    /// <summary>Adds an account: another key, with credits and limits of its own.</summary>
    /// <param name="apiKey">The key. Not empty, without white space and control characters.</param>
    /// <param name="credits">The credits to start with.</param>
    /// <exception cref="ArgumentException">The key cannot be used, or has an account already.</exception>
    public EmulatorAccount AddAccount(string apiKey, decimal credits = 10m)
    {
        CheckKey(apiKey, nameof(apiKey));

        return _parts.Accounts.Add(apiKey, credits);
    }

    /// <summary>Starts it.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="System.IO.IOException">The port is taken, or the cassette to record exists already.</exception>
    /// <exception cref="EmulatorCassetteException">The cassette to replay cannot be used.</exception>
    public static async Task<CCApiEmulator> StartAsync(
        CCApiEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var copy = (options ?? new CCApiEmulatorOptions()).Clone();
        Check(copy);

        copy.TimeProvider = new EmulatorClock(copy.TimeProvider);

        // Empty, so that the settings, files and signals of the program around it do not change the emulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // As HttpClient decodes headers, so that those of a recorded upstream keep their bytes.
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = copy.MaxRequestBytes;
            // In this order: the first address is BaseAddress, the last one that of the media.
            kestrel.Listen(IPAddress.Loopback, copy.Port);

            if (copy.MediaPort is { } mediaPort)
            {
                kestrel.Listen(IPAddress.Loopback, mediaPort);
            }
        });

        var parts = new GatewayParts(copy);
        var server = builder.Build();
        ((IApplicationBuilder)server).Run(new Gateway(copy, parts).HandleAsync);

        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
            return new CCApiEmulator(server, parts, copy);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            await parts.AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates a client for it.</summary>
    /// <param name="configure">Changes the client's settings; address and key are set already.</param>
    public CCApiClient CreateClient(Action<CCApiClientOptions>? configure = null)
    {
        var options = new CCApiClientOptions { ApiKey = ApiKey, BaseAddress = BaseAddress };
        configure?.Invoke(options);

        return new CCApiClient(options);
    }

    /// <summary>Stops it and frees the port. Requests under way are aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        await _parts.DisposeAsync().ConfigureAwait(false);
    }

    private static void CheckKey(string key, string name)
    {
        if (!EmulatorAccount.IsUsableKey(key))
        {
            throw new ArgumentException("ApiKey must not be empty or contain white space or control characters.", name);
        }
    }

    private static void Check(CCApiEmulatorOptions options)
    {
        if (options.Port is < 0 or > 65535)
        {
            throw new ArgumentException("Port must be from 0 to 65535; 0 takes a free one.", nameof(options));
        }

        var isMediaPortTaken = options.MediaPort == options.Port && options.Port != 0;
        if (options.MediaPort is < 0 or > 65535 || isMediaPortTaken)
        {
            throw new ArgumentException(
                "MediaPort must be from 0 to 65535 and not Port; 0 takes a free one, and null serves files on Port.",
                nameof(options));
        }

        CheckKey(options.ApiKey, nameof(options));

        if (options.MaxRequestBytes < 1)
        {
            throw new ArgumentException("MaxRequestBytes must be 1 or more.", nameof(options));
        }

        if (options.CassetteSpeed is < 0 or double.NaN or double.PositiveInfinity)
        {
            throw new ArgumentException("CassetteSpeed must be a finite number, 0 or more.", nameof(options));
        }

        if (options.Cassette is not null && options.Recording is not null)
        {
            throw new ArgumentException(
                "Cassette and Recording exclude each other: replay or record.", nameof(options));
        }

        if (options.TimeProvider is null)
        {
            throw new ArgumentException("TimeProvider must not be null.", nameof(options));
        }

        if (options.MediaLifetime <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                "MediaLifetime must be more than 0, or null for links that do not expire.", nameof(options));
        }

        if (options.Latency > EmulatorBounds.MaxDelay || options.JobDuration > EmulatorBounds.MaxDelay)
        {
            throw new ArgumentException(
                "Latency and JobDuration must be at most 2,147,483,647 ms, about 24 days.", nameof(options));
        }

        if (options.Recording is { Upstream: not { IsAbsoluteUri: true, Scheme: "http" or "https" } })
        {
            throw new ArgumentException(
                "Recording.Upstream must be an http or https address, such as https://api.ccapi.ai/v1/.", nameof(options));
        }

        var hasNegativeTime = options.Latency < TimeSpan.Zero || options.JobDuration < TimeSpan.Zero;
        var hasEmptyLimit = options.RequestsPerMinute < 1
            || options.ConcurrentRequests < 1
            || options.TokensPerMinute < 1
            || options.MaxCharges < 1;

        if (hasNegativeTime || hasEmptyLimit)
        {
            throw new ArgumentException(
                "Latency and JobDuration must be 0 or more, and RequestsPerMinute, ConcurrentRequests, TokensPerMinute and "
                    + "MaxCharges 1 or more.",
                nameof(options));
        }
    }
}
