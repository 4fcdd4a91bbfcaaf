namespace WebGateway;

/// <summary>The names by which this site may be called: this machine's, and that of its public address.</summary>
internal static class Hosts
{
    public static IList<string> Allowed(IConfiguration configuration)
    {
        var hosts = new List<string> { "localhost", "127.0.0.1", "[::1]" };
        if (Uri.TryCreate(configuration["public"], UriKind.Absolute, out var address))
        {
            hosts.Add(address.Host);
        }

        return hosts;
    }
}
