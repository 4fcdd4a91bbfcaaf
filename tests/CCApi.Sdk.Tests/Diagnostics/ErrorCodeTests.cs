using System;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

public class ErrorCodeTests
{
    public static TheoryData<Exception, string?> Codes => new()
    {
        { new OperationCanceledException(), null },
        { new ObjectDisposedException("x"), null },
        { new CCApiBadRequestException(), "bad_request" },
        { new CCApiUnauthorizedException(), "unauthorized" },
        { new CCApiBillingException(), "billing" },
        { new CCApiPermissionException(), "permission" },
        { new CCApiNotFoundException(), "not_found" },
        { new CCApiModelUnavailableException(), "model_unavailable" },
        { new CCApiRateLimitException(), "rate_limit" },
        { new CCApiServerException(), "server" },
        { new CCApiTimeoutException(), "timeout" },
        { new CCApiConnectionException(), "connection" },
        { new CCApiStreamException(), "stream" },
        { new CCApiDownloadException(), "download" },
        { new CCApiProtocolException(), "protocol" },
        { new CCApiException(), "_OTHER" },
        { new FormatException(), "System.FormatException" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_AnException_IsItsCode(Exception exception, string? expected) => Assert.Equal(expected, ErrorCode.Of(exception));

    [Fact]
    public void Of_TheExceptionsOfCalls_AreAllDistinct()
    {
        var codes = Codes.Select(row => row.Data.Item2).OfType<string>().ToArray();

        Assert.Equal(codes.Distinct(), codes);
    }
}
