using System;
using System.Threading.Tasks;

namespace CCApi.Emulator;

/// <summary>Creates what the gateway consists of, once, from the options.</summary>
internal sealed class GatewayParts : IAsyncDisposable
{
    private readonly CCApiEmulatorOptions _options;

    public GatewayParts(CCApiEmulatorOptions options)
    {
        _options = options;
        Accounts = new Accounts(options.MaxCharges);
        Account = Accounts.Add(options.ApiKey, options.Credits);
        Account.Limits.RequestsPerMinute = options.RequestsPerMinute;
        Account.Limits.ConcurrentRequests = options.ConcurrentRequests;
        Account.Limits.TokensPerMinute = options.TokensPerMinute;
        Hosts = new HostFilter(options.AllowedHosts);
        Cors = new CorsPolicy(options.AllowedOrigins);
        Sender = new ResponseSender(options);
        Media = new MediaStore(() => MediaOrigin, options);
        MediaHost = new MediaHost(Media, Sender, options.TimeProvider);
        Webhooks = new WebhookSender(options);
        Jobs = new ImageJobs(Media, Faults, Webhooks, options);
        Player = CassettePlayer.From(options);
        Recorder = CassetteRecorder.From(options);

        var clock = (EmulatorClock)options.TimeProvider;
        Control = new ControlApi(new ControlTargets
        {
            Accounts = Accounts,
            Faults = Faults,
            Script = Script,
            Requests = Requests,
            Clock = clock,
            Cors = Cors,
            Jobs = () => Jobs.States(clock.GetUtcNow()),
            Reset = Reset,
        });
    }

    /// <summary>Where it serves files; known once it listens.</summary>
    public Uri MediaOrigin { get; set; } = new("http://127.0.0.1/");

    public Accounts Accounts { get; }

    /// <summary>The account of the options.</summary>
    public EmulatorAccount Account { get; }

    public EmulatorFaults Faults { get; } = new();

    public EmulatorScript Script { get; } = new();

    public RequestLog Requests { get; } = new();

    public HostFilter Hosts { get; }

    public CorsPolicy Cors { get; }

    public ResponseSender Sender { get; }

    public MediaStore Media { get; }

    public MediaHost MediaHost { get; }

    public WebhookSender Webhooks { get; }

    public ImageJobs Jobs { get; }

    public ControlApi Control { get; }

    /// <summary>Responds from a cassette; null without one.</summary>
    public CassettePlayer? Player { get; }

    /// <summary>Records to a cassette; null without one.</summary>
    public CassetteRecorder? Recorder { get; }

    public async ValueTask DisposeAsync()
    {
        Jobs.Dispose();
        await Webhooks.DisposeAsync().ConfigureAwait(false);
        if (Recorder is not null)
        {
            await Recorder.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Frees everything after a failed start; a cassette without an exchange is removed again.</summary>
    public async ValueTask AbandonAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        Recorder?.DeleteEmpty();
    }

    private void Reset()
    {
        Script.Clear();
        Faults.Clear();
        Requests.Clear();
        Accounts.Reset(_options.Credits);
    }
}
