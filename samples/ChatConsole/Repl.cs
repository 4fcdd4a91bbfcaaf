using CCApi.Sdk;

namespace ChatConsole;

/// <summary>Reads lines, and runs each as a command or sends it to the model.</summary>
internal sealed class Repl
{
    private readonly Conversation _conversation;
    private readonly Screen _screen;
    private readonly Interrupts _interrupts;
    private readonly LineReader _lines = new();
    private readonly Responses _responses;
    private readonly Commands _commands;

    public Repl(CCApiClient client, Conversation conversation, Screen screen, Interrupts interrupts)
    {
        _conversation = conversation;
        _screen = screen;
        _interrupts = interrupts;

        var tools = new BuiltInTools();
        _responses = new Responses(client.Chat, conversation, tools, screen, _lines);
        _commands = new Commands(conversation, tools, new ModelList(client.Catalog), client.Costs, screen);
    }

    public async Task RunAsync()
    {
        while (!_commands.IsOver)
        {
            _screen.Prompt(_conversation.Attachments.Count);
            if (await _lines.ReadAsync(CancellationToken.None) is not { } line)
            {
                return;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                await _interrupts.RunAsync(cancellationToken => DoAsync(line.Trim(), cancellationToken));
            }
        }
    }

    /// <summary>Nothing that goes wrong ends the program: one line says what to do.</summary>
    private async Task DoAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            var isCommand = line[0] == '/';
            await (isCommand ? _commands.RunAsync(line, cancellationToken) : _responses.SendAsync(line, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _screen.Note("Stopped.");
        }
        catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            _screen.Error(MessageOf(exception));
        }
    }

    /// <summary>Without the name of a parameter, which is for programmers.</summary>
    private static string MessageOf(Exception exception)
    {
        if (exception is not ArgumentException { ParamName: { } name })
        {
            return exception.Message;
        }

        return exception.Message.Replace($" (Parameter '{name}')", null, StringComparison.Ordinal);
    }
}
