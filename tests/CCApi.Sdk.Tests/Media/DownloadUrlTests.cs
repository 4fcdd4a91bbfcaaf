#if !NETFRAMEWORK
using System;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public class DownloadUrlTests
{
    private static readonly Uri _from = new("https://media.example.com/files/b.png?old=%41", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    [Theory]
    [InlineData("https://cdn.example.com/a%41.png?sig=%41%2d%5f", "https://cdn.example.com/a%41.png?sig=%41%2d%5f")]
    [InlineData("HTTPS://CDN.example.com:8443/A?sig=%7e|[x]^", "https://cdn.example.com:8443/A?sig=%7e|[x]^")]
    [InlineData("https://cdn.example.com?sig=%41", "https://cdn.example.com/?sig=%41")]
    [InlineData("https://cdn.example.com/a?sig=%41#part%41", "https://cdn.example.com/a?sig=%41")]
    [InlineData("//cdn.example.com/a?sig=%41", "https://cdn.example.com/a?sig=%41")]
    [InlineData("/a%7Eb?sig=%41/../%2d", "https://media.example.com/a%7Eb?sig=%41/../%2d")]
    [InlineData("c%2dd.png?sig=%41", "https://media.example.com/files/c%2dd.png?sig=%41")]
    [InlineData("c//d.png?sig=%41", "https://media.example.com/files/c//d.png?sig=%41")]
    [InlineData("?sig=%41&to=https://x.test/y", "https://media.example.com/files/b.png?sig=%41&to=https://x.test/y")]
    [InlineData("../c.png?sig=%41", "https://media.example.com/c.png?sig=%41")]
    [InlineData("https://cdn.example.com/x/./y/../a?sig=%41", "https://cdn.example.com/x/a?sig=%41")]
    [InlineData("https://cdn.example.com/x/../a%41%2d.png?sig=%41", "https://cdn.example.com/a%41%2d.png?sig=%41")]
    [InlineData("../c%2E%7e.png", "https://media.example.com/c%2E%7e.png")]
    [InlineData("../../../d%2d", "https://media.example.com/d%2d")]
    [InlineData("/a%2d/b/..", "https://media.example.com/a%2d/")]
    [InlineData("/a%2d/.?x=/../", "https://media.example.com/a%2d/?x=/../")]
    [InlineData("/a/..", "https://media.example.com/")]
    [InlineData("/a%2d//../b", "https://media.example.com/a%2d/b")]
    [InlineData("https:c.png?sig=%41", "https://media.example.com/files/c.png?sig=%41")]
    public void Resolve_OfEscapedCharacters_KeepsThem(string target, string expected) => Assert.Equal(expected, DownloadUrl.Resolve(_from, target)!.AbsoluteUri);

    [Theory]
    [InlineData("/p?a=b c&sig=%41%2d", "https://media.example.com/p?a=b%20c&sig=%41%2d")]
    [InlineData("https://cdn.example.com/a b?x=\u00E9%41", "https://cdn.example.com/a%20b?x=%C3%A9%41")]
    [InlineData("https://cdn.example.com/a\\b?x=%41", "https://cdn.example.com/a/b?x=%41")]
    [InlineData("https://cdn.example.com/a\r\nX-Evil: 1", "https://cdn.example.com/a%0D%0AX-Evil:%201")]
    public void Resolve_OfCharactersThatCannotBeSent_EncodesThem(string target, string expected) => Assert.Equal(expected, DownloadUrl.Resolve(_from, target)!.AbsoluteUri);

    [Theory]
    [InlineData("ftp://cdn.example.com/a", "ftp")]
    [InlineData("file:///etc/passwd", "file")]
    public void Resolve_OfAnotherScheme_KeepsTheScheme(string target, string scheme) => Assert.Equal(scheme, DownloadUrl.Resolve(_from, target)!.Scheme);

    [Theory]
    [InlineData("https://")]
    [InlineData("http://[::1")]
    public void Resolve_OfSomethingElse_IsNull(string target) => Assert.Null(DownloadUrl.Resolve(_from, target));
}
#endif
