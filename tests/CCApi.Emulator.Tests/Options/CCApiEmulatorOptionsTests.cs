using System;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Options;

public class CCApiEmulatorOptionsTests
{
    public static TheoryData<string, CCApiEmulatorOptions> Wrong => new()
    {
        { "Port", new CCApiEmulatorOptions { Port = -1 } },
        { "Port", new CCApiEmulatorOptions { Port = 65536 } },
        { "MediaPort", new CCApiEmulatorOptions { MediaPort = -1 } },
        { "MediaPort", new CCApiEmulatorOptions { MediaPort = 65536 } },
        { "MediaPort", new CCApiEmulatorOptions { Port = 9000, MediaPort = 9000 } },
        { "MediaLifetime", new CCApiEmulatorOptions { MediaLifetime = TimeSpan.Zero } },
        { "ApiKey", new CCApiEmulatorOptions { ApiKey = " " } },
        { "Latency", new CCApiEmulatorOptions { Latency = TimeSpan.FromTicks(-1) } },
        { "JobDuration", new CCApiEmulatorOptions { JobDuration = TimeSpan.FromTicks(-1) } },
        { "Latency", new CCApiEmulatorOptions { Latency = TimeSpan.FromDays(25) } },
        { "JobDuration", new CCApiEmulatorOptions { JobDuration = TimeSpan.MaxValue } },
        { "Recording.Upstream", new CCApiEmulatorOptions { Recording = new EmulatorRecording(new Uri("/v1", UriKind.Relative), null, "x") } },
        { "Recording.Upstream", new CCApiEmulatorOptions { Recording = new EmulatorRecording(new Uri("ftp://gateway.test/"), null, "x") } },
        { "RequestsPerMinute", new CCApiEmulatorOptions { RequestsPerMinute = 0 } },
        { "MaxCharges", new CCApiEmulatorOptions { MaxCharges = 0 } },
        { "TimeProvider", new CCApiEmulatorOptions { TimeProvider = null! } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task StartAsync_WithAWrongOption_NamesIt(string name, CCApiEmulatorOptions options)
    {
        var exception = await Record.ExceptionAsync(() => CCApiEmulator.StartAsync(options, World.Token));

        Assert.Contains(name, Assert.IsType<ArgumentException>(exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new CCApiEmulatorOptions();

        Assert.Equal(
            (0, "sk-ccapi-emulator", 1, TimeSpan.Zero, TimeSpan.FromSeconds(1), 10m, null, TimeProvider.System, null),
            (options.Port, options.ApiKey, options.Seed, options.Latency, options.JobDuration, options.Credits, options.RequestsPerMinute, options.TimeProvider, options.Log));
        Assert.Equal(200_000, options.MaxCharges);
        Assert.Equal((0, null, false, false), (options.MediaPort, options.MediaLifetime, options.RawSpeech, options.AllowRemoteWebhooks));
    }
}
