using System;
using Xunit;

namespace CCApi.Emulator.Tests.Faults;

public class EmulatorFaultTests
{
    [Fact]
    public void WithStatus_OfAnError_IsAFaultOfThatStatus()
    {
        var fault = EmulatorFault.WithStatus(429, TimeSpan.FromSeconds(3));

        Assert.Equal(new EmulatorFault(EmulatorFaultKind.Status, 429, TimeSpan.FromSeconds(3)), fault);
    }

    [Theory]
    [InlineData(399)]
    [InlineData(600)]
    public void WithStatus_NotAnError_Throws(int status)
    {
        var exception = Record.Exception(() => EmulatorFault.WithStatus(status));

        Assert.IsType<ArgumentOutOfRangeException>(exception);
    }
}
