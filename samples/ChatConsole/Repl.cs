using CCApi.Sdk;

namespace ChatConsole;

/// <summary>Reads a line, does what it says, and again.</summary>
internal sealed class Repl
{
    private readonly Conversation _conversation;
    private readonly Screen _screen;
    private readonly Interrupts _interrupts;
    private readonly LineReader _lines = new();
    private readonly Answers _answers;
    private readonly Commands _commands;

    public Repl(CCApiClient client, Conversation conversation, Screen screen, Interrupts interrupts)
    {
        _conversation = conversation;
        _screen = screen;
        _interrupts = interrupts;
        var tools = new BuiltInTools();
        _answers = new Answers(client.Chat, conversation, tools, screen, _lines);
        _commands = new Commands(conversation, tools, new ModelList(client.Catalog), screen);
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
            await (line[0] == '/' ? _commands.RunAsync(line, cancellationToken) : _answers.AnswerAsync(line, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _screen.Note("Stopped.");
        }
        catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // The name of a parameter says nothing to people.
            _screen.Error(exception is ArgumentException { ParamName: { } name } ? exception.Message.Replace($" (Parameter '{name}')", null, StringComparison.Ordinal) : exception.Message);
        }
    }
}
