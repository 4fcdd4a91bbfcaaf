using System.IO;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

public class RequestContentTests
{
    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    public void Parse_BodyThatIsNotAnObject_IsNull(string body)
    {
        Assert.Null(RequestContent.Parse(Request("POST", body), Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Parse_Object_IsRead()
    {
        var parsed = RequestContent.Parse(Request("POST", """{"a":1}"""), """{"a":1}"""u8.ToArray());

        Assert.Equal(1, (int)parsed!["a"]!);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task ReadAsync_MethodWithoutBody_ReadsNothing(string method)
    {
        var context = Request(method, "not JSON");

        var (body, problem) = await RequestContent.ReadAsync(context);

        Assert.Empty(body);
        Assert.Null(problem);
        Assert.Empty(RequestContent.Parse(context, body)!);
    }

    private static DefaultHttpContext Request(string method, string body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return context;
    }
}
