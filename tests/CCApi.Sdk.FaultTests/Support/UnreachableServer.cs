using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace CCApi.Sdk.FaultTests.Support;

/// <summary>A place where no request arrives.</summary>
internal sealed class UnreachableServer : IDisposable
{
    private readonly List<IDisposable> _open = [];

    private UnreachableServer()
    {
    }

    public Uri Origin { get; private set; } = new("https://gateway.invalid");

    private bool IsNameless { get; set; }

    /// <summary>Whether a connection is neither made nor rejected.</summary>
    private bool IsSilent { get; set; }

    /// <summary>The place for a fault; null when the fault is a server's.</summary>
    public static UnreachableServer? For(string fault)
    {
        var server = new UnreachableServer();
        switch (fault)
        {
            case "refused":
                server.Origin = FreeOrigin();
                return server;
            case "DNS failure":
                server.IsNameless = true;
                return server;
            case "TLS failure":
                server.ListenWithUnknownCertificate();
                return server;
            case "black-holed connect":
                server.ListenWithoutAccepting();
                return server;
            default:
                return null;
        }
    }

    /// <summary>The SDK's own handler, with connections that fail in this way.</summary>
    public HttpMessageHandler CreateHandler()
    {
        var timeouts = new CCApiTimeoutOptions();
        if (IsSilent)
        {
            // The platform's own clock measures this one, and the default of 15 s for each connection would be long.
            timeouts.Connect = TimeSpan.FromMilliseconds(2);
        }

        var handler = HttpHandlerFactory.Create(timeouts);
        if (IsNameless)
        {
            // As the platform fails, without asking a name server.
            ((SocketsHttpHandler)handler).ConnectCallback = static (_, _) => throw new SocketException((int)SocketError.HostNotFound);
        }

        return handler;
    }

    public void Dispose() => _open.ForEach(open => open.Dispose());

    private static Uri FreeOrigin()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    /// <summary>Once the queue of connections is full, this system accepts no further one.</summary>
    private void ListenWithoutAccepting()
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        _open.Add(listener);
        IsSilent = true;
        Origin = new Uri($"http://{listener.LocalEndPoint}");
        for (var i = 0; i < 4; i++)
        {
            var waiting = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _open.Add(waiting);
            _ = waiting.ConnectAsync(listener.LocalEndPoint!).ContinueWith(connect => connect.Exception, TaskScheduler.Default);
        }
    }

    private void ListenWithUnknownCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _open.Add(listener);
        _open.Add(certificate);
        Origin = new Uri($"https://{listener.LocalEndpoint}");
        _ = AcceptAsync(listener, certificate);
    }

    private static async Task AcceptAsync(TcpListener listener, X509Certificate2 certificate)
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                using var secure = new SslStream(client.GetStream());
                await secure.AuthenticateAsServerAsync(certificate);
                await secure.ReadAsync(new byte[1]);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (Exception exception) when (exception is System.IO.IOException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                if (!listener.Server.IsBound)
                {
                    return;
                }
            }
        }
    }
}
