#if !NETSTANDARD2_0
using System.Net.Http;

namespace CCApi.Sdk;

/// <summary>Makes a browser return bodies as they are received; before .NET 10 it returned them when they were complete.</summary>
internal static class BrowserStreaming
{
    private static readonly HttpRequestOptionsKey<bool> _option = new("WebAssemblyEnableStreamingResponse");

    /// <remarks>Elsewhere nothing is set: the options of a message are a dictionary, which would be allocated for nothing.</remarks>
    public static void Enable(HttpRequestMessage message, bool isBrowser)
    {
        if (isBrowser)
        {
            message.Options.Set(_option, true);
        }
    }
}
#endif
