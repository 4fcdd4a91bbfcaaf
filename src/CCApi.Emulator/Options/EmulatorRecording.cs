using System;
using System.Collections.Generic;
using System.Text;

namespace CCApi.Emulator;

/// <summary>Makes the emulator a proxy that records: requests go to another server, and the exchanges into a cassette.</summary>
/// <param name="Upstream">
/// The address of an OpenAI-compatible server, such as <c>https://api.ccapi.ai/v1/</c>: paths below <c>/v1</c> are appended. Its
/// query, if it has one, is sent with every request. A user name and password in it are sent as Basic authentication, unless
/// there is a key.
/// </param>
/// <param name="UpstreamApiKey">Its key, which replaces the emulator's; null sends none.</param>
/// <param name="Cassette">
/// The file to write, which must not exist. Long and binary bodies go into a folder beside it, named like it with <c>.files</c>
/// appended.
/// </param>
public sealed record EmulatorRecording(Uri Upstream, string? UpstreamApiKey, string Cassette)
{
    // Escapes such as %41 are part of signatures.
    private static readonly UriCreationOptions _asItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The address of the server without path, user and query.</summary>
    internal string Origin => Upstream.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>What authenticates with the upstream; null for nothing.</summary>
    internal string? Authorization
    {
        get
        {
            if (UpstreamApiKey is not null)
            {
                return $"Bearer {UpstreamApiKey}";
            }

            if (Upstream.UserInfo.Length == 0)
            {
                return null;
            }

            return $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Upstream.UserInfo)))}";
        }
    }

    /// <summary>What must not be recorded.</summary>
    internal IEnumerable<string> Secrets
    {
        get
        {
            var user = Uri.UnescapeDataString(Upstream.UserInfo);
            var password = user[(user.IndexOf(':', StringComparison.Ordinal) + 1)..];

            return [UpstreamApiKey ?? string.Empty, user, password, .. SecretQuery.ValuesOf(Upstream.Query)];
        }
    }

    /// <summary>The recording without its key, user, password and query.</summary>
    public override string ToString() => $"{Origin}{Upstream.AbsolutePath} to {Cassette}";

    /// <summary>The address at the upstream of a path below <c>/v1</c>.</summary>
    /// <param name="path">The path, escaped.</param>
    /// <param name="query">The query of the request, which is added to that of the upstream.</param>
    internal Uri AddressOf(string path, string query)
    {
        var queries = $"{Upstream.Query.TrimStart('?')}&{query.TrimStart('?')}".Trim('&');
        var address = $"{Origin}{Upstream.AbsolutePath.TrimEnd('/')}{path}";

        return new Uri(queries.Length == 0 ? address : $"{address}?{queries}", _asItIs);
    }
}
