using System.Net;
using System.Net.Sockets;

namespace BulkFleet;

/// <summary>Free ports of loopback, below those that the system gives to connections.</summary>
internal static class Ports
{
    private static int _next = 20_000 + (Environment.ProcessId % 8_000);

    public static int Next()
    {
        while (true)
        {
            var port = _next++;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody uses it.
            }
        }
    }
}
