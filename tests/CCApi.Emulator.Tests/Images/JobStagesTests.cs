using System;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class JobStagesTests
{
    [Theory]
    [InlineData(0, null, "pending")]
    [InlineData(249, null, "pending")]
    [InlineData(250, null, "processing")]
    [InlineData(999, null, "processing")]
    [InlineData(249, EmulatorFaultKind.JobUnknown, "pending")]
    [InlineData(250, EmulatorFaultKind.JobUnknown, JobStages.Undocumented)]
    [InlineData(749, EmulatorFaultKind.JobUnknown, JobStages.Undocumented)]
    [InlineData(750, EmulatorFaultKind.JobUnknown, "processing")]
    [InlineData(999, EmulatorFaultKind.JobFailed, "processing")]
    public void While_OfAJobOfASecond_IsItsStage(int milliseconds, EmulatorFaultKind? fault, string status) =>
        Assert.Equal(status, JobStages.While(TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromSeconds(1), fault));

    [Theory]
    [InlineData(null, "completed")]
    [InlineData(EmulatorFaultKind.JobUnknown, "completed")]
    [InlineData(EmulatorFaultKind.JobFailed, "failed")]
    [InlineData(EmulatorFaultKind.JobCancelled, "cancelled")]
    [InlineData(EmulatorFaultKind.JobExpired, "expired")]
    public void After_OfAJob_IsHowItEnded(EmulatorFaultKind? fault, string status) => Assert.Equal(status, JobStages.After(fault));
}
