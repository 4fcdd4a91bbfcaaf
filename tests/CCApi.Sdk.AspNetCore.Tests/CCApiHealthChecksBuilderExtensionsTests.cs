using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class CCApiHealthChecksBuilderExtensionsTests
{
    [Fact]
    public void AddCcApi_WithoutArguments_IsUnhealthyOnFailureAndTakesTenSeconds()
    {
        var registration = Registration(checks => checks.AddCcApi());

        Assert.Equal(("ccapi", HealthStatus.Unhealthy, TimeSpan.FromSeconds(10)), (registration.Name, registration.FailureStatus, registration.Timeout));
        Assert.Empty(registration.Tags);
    }

    [Fact]
    public void AddCcApi_WithArguments_UsesThem()
    {
        var registration = Registration(checks => checks.AddCcApi("gateway", failureStatus: HealthStatus.Degraded, tags: ["ready"], timeout: TimeSpan.FromSeconds(3)));

        Assert.Equal(("gateway", HealthStatus.Degraded, TimeSpan.FromSeconds(3)), (registration.Name, registration.FailureStatus, registration.Timeout));
        Assert.Equal(["ready"], registration.Tags);
    }

    [Fact]
    public void AddCcApi_WithoutABuilder_NamesIt() =>
        Assert.Equal("builder", Assert.Throws<ArgumentNullException>(() => ((IHealthChecksBuilder)null!).AddCcApi()).ParamName);

    private static HealthCheckRegistration Registration(Action<IHealthChecksBuilder> add)
    {
        var services = new ServiceCollection();
        add(services.AddHealthChecks());
        using var provider = services.BuildServiceProvider();
        return Assert.Single(provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations);
    }
}
