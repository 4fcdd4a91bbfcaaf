namespace ChatConsole;

/// <summary>Lets Ctrl+C end what is under way and not the program. A script that drives it is ended as a whole, as scripts are.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Screen _screen;
    private CancellationTokenSource? _underWay;

    public Interrupts(Screen screen)
    {
        _screen = screen;
        if (screen.IsTerminal)
        {
            Console.CancelKeyPress += OnCtrlC;
        }
    }

    public async Task RunAsync(Func<CancellationToken, Task> run)
    {
        using var stop = new CancellationTokenSource();
        SetUnderWay(stop);

        try
        {
            await run(stop.Token);
        }
        finally
        {
            SetUnderWay(null);
        }
    }

    public void Dispose() => Console.CancelKeyPress -= OnCtrlC;

    private void SetUnderWay(CancellationTokenSource? stop)
    {
        lock (_lock)
        {
            _underWay = stop;
        }
    }

    private void OnCtrlC(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = true;
        lock (_lock)
        {
            if (_underWay is null)
            {
                _screen.Remind("/quit or Ctrl+D leaves.");
            }
            else
            {
                _underWay.Cancel();
            }
        }
    }
}
