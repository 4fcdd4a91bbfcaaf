using System;
using System.Linq;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

[Properties(Replay = "20261103,7")]
public class RequestUriTests
{
    private static readonly Uri _base = new("https://gateway.test/v1/");

    [Theory]
    [InlineData("https://gateway.test", "https://gateway.test/")]
    [InlineData("https://gateway.test/", "https://gateway.test/")]
    [InlineData("https://gateway.test//", "https://gateway.test/")]
    [InlineData("https://gateway.test/v1", "https://gateway.test/v1/")]
    [InlineData("https://gateway.test/v1/", "https://gateway.test/v1/")]
    [InlineData("https://gateway.test//v1", "https://gateway.test/v1/")]
    [InlineData("https://gateway.test//v1//", "https://gateway.test/v1/")]
    [InlineData("https://gateway.test/api///v1/", "https://gateway.test/api/v1/")]
    [InlineData("https://gateway.test:8443/v1", "https://gateway.test:8443/v1/")]
    [InlineData("https://GATEWAY.test/V1", "https://gateway.test/V1/")]
    [InlineData("http://127.0.0.1:5000/v1", "http://127.0.0.1:5000/v1/")]
    [InlineData("http://[::1]:5000/v1", "http://[::1]:5000/v1/")]
    [InlineData("https://gateway.test/team%20a/v1", "https://gateway.test/team%20a/v1/")]
    public void Normalize_OfAnyBaseAddress_HasSingleSlashes(string address, string expected)
    {
        var normalized = RequestUri.Normalize(new Uri(address));

        Assert.Equal(expected, normalized.AbsoluteUri);
    }

    [Theory]
    [InlineData("models", "https://gateway.test/v1/models")]
    [InlineData("/models", "https://gateway.test/v1/models")]
    [InlineData("//models", "https://gateway.test/v1/models")]
    [InlineData("models?limit=1&offset=0", "https://gateway.test/v1/models?limit=1&offset=0")]
    [InlineData("images/jobs/a%2Fb", "https://gateway.test/v1/images/jobs/a%2Fb")]
    public void Join_OfAPath_HasOneSlashBetween(string path, string expected)
    {
        var joined = RequestUri.Join(_base, path);

        Assert.Equal(expected, joined.AbsoluteUri);
    }

    [Theory]
    [InlineData("job-1", "job-1")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("/", "%2F")]
    [InlineData("../models", "..%2Fmodels")]
    [InlineData("a/../b", "a%2F..%2Fb")]
    [InlineData("...", "...")]
    [InlineData("a?b", "a%3Fb")]
    [InlineData("a#b", "a%23b")]
    [InlineData("100%", "100%25")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("%2E%2E", "%252E%252E")]
    [InlineData("a b", "a%20b")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("..\\b", "..%5Cb")]
    [InlineData("a\r\nb", "a%0D%0Ab")]
    [InlineData("https://evil.test/", "https%3A%2F%2Fevil.test%2F")]
    [InlineData("会", "%E4%BC%9A")]
    [InlineData("é", "%C3%A9")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void Segment_OfAnyText_IsOneSegmentOnTheWire(string text, string expected)
    {
        var segment = RequestUri.Segment(text, "id");

        Assert.Equal(expected, segment);
        Assert.Equal($"https://gateway.test/v1/images/jobs/{expected}", RequestUri.Join(_base, $"images/jobs/{segment}").AbsoluteUri);
    }

    [Fact]
    public void Segment_OfHalfACharacter_ReplacesIt()
    {
        Assert.Equal("a%EF%BF%BD", RequestUri.Segment("a\uD83D", "id"));
        Assert.Equal("%EF%BF%BDb", RequestUri.Segment("\uDE00b", "id"));
    }

#if NETFRAMEWORK
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void Segment_OfDotsOnly_Throws(string text)
    {
        var exception = Assert.Throws<ArgumentException>(() => RequestUri.Segment(text, "id"));

        Assert.Equal("id", exception.ParamName);
    }
#else
    [Theory]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    public void Segment_OfDotsOnly_StaysASegment(string text, string expected)
    {
        var segment = RequestUri.Segment(text, "id");

        Assert.Equal(expected, segment);
        Assert.Equal($"https://gateway.test/v1/images/jobs/{expected}", RequestUri.Join(_base, $"images/jobs/{segment}").AbsoluteUri);
    }
#endif

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\n")]
    public void Segment_OfNothing_Throws(string? text)
    {
        var exception = Assert.Throws<ArgumentException>(() => RequestUri.Segment(text!, "id"));

        Assert.Equal("id", exception.ParamName);
        Assert.StartsWith("It must not be empty.", exception.Message, StringComparison.Ordinal);
    }

    [Property]
    public void Segment_OfAnyText_NeverBecomesAnotherPath(int[] characters)
    {
        // Mostly the characters that matter, and any other.
        const string Special = "../\\?#%&=:@;+ 2EeF\uD83D\uDE00é会\r\n\0";
        var text = new string([.. characters.Select(character => character % 3 == 0 ? (char)character : Special[(int)((uint)character % Special.Length)])]);
        if (string.IsNullOrWhiteSpace(text) || text is "." or "..")
        {
            return;
        }

        var joined = RequestUri.Join(_base, $"providers/{RequestUri.Segment(text, "provider")}");

        Assert.StartsWith("https://gateway.test/v1/providers/", joined.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(4, joined.Segments.Length);
        Assert.Equal("", joined.Query + joined.Fragment);
        Assert.DoesNotContain('/', joined.Segments[3]);
    }

    [Fact]
    public void Join_OfEncodedDotsAndUnsafeCharacters_EncodesThem()
    {
        var joined = RequestUri.Join(_base, "files/a%2Eb c\r\né");

        Assert.All(joined.PathAndQuery, character => Assert.InRange(character, '!', '~'));
    }

#if !NETFRAMEWORK
    [Theory]
    [InlineData("files/a%2E~", true)]
    [InlineData("files/a%2E b", false)]
    [InlineData("files/a%2E\u007F", false)]
    [InlineData("files/a%2Eé", false)]
    public void Join_OfEncodedDots_KeepsThemWhereEveryCharacterCanBeSent(string path, bool isKept)
    {
        var joined = RequestUri.Join(_base, path);

        Assert.Equal(isKept, joined.AbsoluteUri.Contains("%2E", StringComparison.Ordinal));
        Assert.All(joined.PathAndQuery, character => Assert.InRange(character, '!', '~'));
    }
#endif

    [Theory]
    [InlineData("models", true)]
    [InlineData("a://b", false)]
    [InlineData("://b", false)]
    [InlineData("//b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a/../../b", false)]
    [InlineData("a/%2e%2E/b", false)]
    [InlineData("..%2F..%2Fadmin", false)]
    [InlineData("a/..%5c../b", false)]
    [InlineData("a/%252e%252e/b", false)]
    [InlineData("files/a%2Fb..c", true)]
    [InlineData("a?b=://c", true)]
    public void IsBelow_OfAPath_IsFalseForEveryWayOut(string path, bool expected)
    {
        Assert.Equal(expected, RequestUri.IsBelow(_base, path));
    }

    [Fact]
    public void Query_OfNothing_IsEmpty()
    {
        var query = RequestUri.Query(("provider", null), ("limit", null));

        Assert.Equal("", query);
    }

    [Fact]
    public void Query_OfSome_HasOnlyThemEncoded()
    {
        var query = RequestUri.Query(("provider", "a b&c=d/é?#+"), ("type", null), ("limit", -1), ("offset", 0));

        Assert.Equal("?provider=a%20b%26c%3Dd%2F%C3%A9%3F%23%2B&limit=-1&offset=0", query);
    }

    [Fact]
    public void Query_OfHalfACharacter_ReplacesIt()
    {
        var query = RequestUri.Query(("provider", "a\uD83D"));

        Assert.Equal("?provider=a%EF%BF%BD", query);
    }

    [Theory]
    [InlineData("https://gateway.test/other", true)]
    [InlineData("https://GATEWAY.test:443/", true)]
    [InlineData("http://gateway.test/v1/", false)]
    [InlineData("https://gateway.test:8443/v1/", false)]
    [InlineData("https://gateway.test.evil.test/v1/", false)]
    [InlineData("https://evil.test/v1/", false)]
    public void IsSameOrigin_OfAnAddress_ComparesSchemeHostAndPort(string address, bool expected)
    {
        var isSame = RequestUri.IsSameOrigin(new Uri(address), _base);

        Assert.Equal(expected, isSame);
    }
}
