using System;
using System.IO;
using System.Linq;
using CCApi.Sdk.Tests.Support;
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
        { new CCApiBudgetExceededException(), "budget_exceeded" },
        { new ChatStructuredOutputException(), "structured_output" },
        { new ImageJobFailedException(), "job_failed" },
        { new ImageSaveException(), "save" },
        { new CCApiException(), "_OTHER" },
        { new FormatException(), "System.FormatException" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_AnException_IsItsCode(Exception exception, string? expected) => Assert.Equal(expected, ErrorCode.Of(exception));

    [Fact]
    public void Of_EveryPublicException_IsAWordThatTheDocumentLists()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/telemetry.md"));
        var types = typeof(CCApiException).Assembly.GetExportedTypes().Where(type => typeof(Exception).IsAssignableFrom(type)).ToArray();
        var codes = types.Select(type => (type.Name, Code: ErrorCode.Of((Exception)Activator.CreateInstance(type)!))).ToArray();

        Assert.True(types.Length > 15);
        Assert.All(codes, code => Assert.Matches("^[a-z_]+$|^_OTHER$", code.Code));
        Assert.All(codes, code => Assert.Contains($"`{code.Code}`", document, StringComparison.Ordinal));
        Assert.Equal([nameof(CCApiException)], codes.Where(code => code.Code == "_OTHER").Select(code => code.Name));
    }

    [Fact]
    public void Of_TheExceptionsOfCalls_AreAllDistinct()
    {
        var codes = Codes.Select(row => row.Data.Item2).OfType<string>().ToArray();

        Assert.Equal(codes.Distinct(), codes);
    }
}
