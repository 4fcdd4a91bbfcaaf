using System.Text;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class BodyCostReportTests
{
    [Fact]
    public void Read_ErrorWithUsage_HasModelUsageAndCost()
    {
        var report = Read("""{"error":{"message":"no"},"model":"m","usage":{"prompt_tokens":3,"completion_tokens":0,"cost":0.5}}""")!;

        Assert.Equal(("m", 3L, new ReportedCost(0.5m, "USD")), (report.Model, report.Usage!.PromptTokens, report.Cost));
    }

    [Fact]
    public void Read_CostOfTheRoot_IsFound() => Assert.Equal(new ReportedCost(2, "credits"), Read("""{"credits_charged":2,"data":{"cost":7}}""")!.Cost);

    [Fact]
    public void Read_CostInParts_IsFound() => Assert.Equal(new ReportedCost(0.5m, "USD"), Read("""{"cost":{"total_cost":0.5}}""")!.Cost);

    [Fact]
    public void Read_CostBesideItsCurrency_HasIt() => Assert.Equal(new ReportedCost(0.5m, "EUR"), Read("""{"currency":"EUR","cost":0.5,"error":{"message":"no"}}""")!.Cost);

    [Theory]
    [InlineData("""{"currency":"EUR"}""")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("\"cost\"")]
    [InlineData("""{"error":{"message":"no"}}""")]
    [InlineData("""{"usage":null}""")]
    [InlineData("""{"usage":{"cost":1},""")]
    public void Read_BodyWithoutIt_IsNull(string json) => Assert.Null(Read(json));

    private static BodyCostReport? Read(string json) => BodyCostReport.Read(Encoding.UTF8.GetBytes(json));
}
