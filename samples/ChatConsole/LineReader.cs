namespace ChatConsole;

/// <summary>Reads lines of the person, and can stop waiting for one.</summary>
internal sealed class LineReader
{
    private Task<string?>? _pending;

    /// <summary>The next line; null at the end of the input.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        // The platform cannot stop to read. A line that nobody waits for any more is returned to the next caller.
        _pending ??= Task.Run(Console.ReadLine, CancellationToken.None);
        var line = await _pending.WaitAsync(cancellationToken);
        _pending = null;

        return line;
    }
}
