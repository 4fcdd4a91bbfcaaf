using System;

namespace CCApi.Emulator;

/// <summary>How the emulator behaves. Copied when it starts.</summary>
public sealed class CCApiEmulatorOptions
{
    /// <summary>The port on loopback.</summary>
    /// <value>0 to 65535; 0, the default, takes a free one.</value>
    public int Port { get; set; }

    /// <summary>The key that is accepted.</summary>
    /// <value>Not empty, without white space. The default is <c>sk-ccapi-emulator</c>.</value>
    public string ApiKey { get; set; } = "sk-ccapi-emulator";

    /// <summary>The seed of everything that is made up. The same seed and requests give the same answers.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>How long an answer takes, and how far the chunks of a stream are apart.</summary>
    /// <value>0 or more. The default is 0.</value>
    public TimeSpan Latency { get; set; }

    /// <summary>How long an asynchronous image job takes.</summary>
    /// <value>0 or more. The default is 1 s.</value>
    public TimeSpan JobDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The credits of the key. One credit is a US dollar here; the unit of the service is not documented.</summary>
    /// <value>The default is 10.</value>
    public decimal Credits { get; set; } = 10m;

    /// <summary>How many requests are allowed in a minute before the answer is 429.</summary>
    /// <value>More than 0. The default is null: any number.</value>
    public int? RequestsPerMinute { get; set; }

    /// <summary>The clock of jobs, rate limits and time stamps.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Told of each request when it is answered, in one readable line; it may be called from several threads.</summary>
    /// <value>The default is null.</value>
    public Action<string>? Log { get; set; }

    internal CCApiEmulatorOptions Clone() => (CCApiEmulatorOptions)MemberwiseClone();
}
