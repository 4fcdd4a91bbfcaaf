#if !NETFRAMEWORK
using System.Linq;
using System.Net.Http;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class BrowserStreamingTests
{
    [Theory]
    [InlineData(true, "WebAssemblyEnableStreamingResponse=True")]
    [InlineData(false, "")]
    public void Enable_OfAMessage_SetsTheOptionInABrowserOnly(bool isBrowser, string expected)
    {
        using var message = new HttpRequestMessage();

        BrowserStreaming.Enable(message, isBrowser);

        Assert.Equal(expected, string.Join(",", message.Options.Select(option => $"{option.Key}={option.Value}")));
    }
}
#endif
