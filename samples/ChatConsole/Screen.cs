using Spectre.Console;

namespace ChatConsole;

/// <summary>Writes to the terminal, with color; for scripts, plain lines, and errors to where they belong.</summary>
internal sealed class Screen(bool isTerminal)
{
    private static readonly Style _plain = Style.Plain;
    private static readonly Style _dim = new(decoration: Decoration.Dim);
    private static readonly Style _tool = new(Color.Aqua);
    private static readonly Style _error = new(Color.Red);

    private bool _isThinking;
    private bool _isInLine;
    private string _prompt = string.Empty;

    public bool IsTerminal { get; } = isTerminal;

    public void Prompt(int attachments)
    {
        _prompt = attachments == 0 ? ">" : $"({attachments} attached) >";
        Prompt();
    }

    /// <summary>A message while the prompt waits for a line.</summary>
    public void Remind(string text)
    {
        Console.WriteLine();
        Note(text);
        Prompt();
    }

    /// <summary>A piece of a response.</summary>
    public void Stream(string text)
    {
        if (_isThinking)
        {
            EndLine();
        }

        Write(text, _plain);
        _isInLine = true;
    }

    /// <summary>A piece of the reasoning before a response.</summary>
    public void StreamReasoning(string text)
    {
        if (!_isThinking)
        {
            EndLine();
            Write("thinking: ", _dim);
        }

        Write(text, _dim);
        _isThinking = _isInLine = true;
    }

    public void Line(string text) => WriteLine(text, _plain);

    public void Note(string text) => WriteLine(text, _dim);

    public void Tool(string text) => WriteLine("  " + text, _tool);

    /// <summary>What went wrong, in one line; the type and the stack trace are for programs.</summary>
    public void Error(string text)
    {
        EndLine();
        var line = Printable(text.ReplaceLineEndings(" "));
        if (IsTerminal)
        {
            WriteLine(line, _error);
        }
        else
        {
            Console.Error.WriteLine(line);
        }
    }

    public void Question(string text)
    {
        EndLine();
        Write(text + " [y/N] ", _tool);
        _isInLine = true;
    }

    /// <summary>The person has replied; in a terminal that has ended the line.</summary>
    public void EndQuestion() => _isInLine = !IsTerminal;

    public void Table(IEnumerable<string[]> rows)
    {
        EndLine();
        var all = rows.ToList();
        if (!IsTerminal)
        {
            all.ForEach(row => Console.WriteLine(Printable(string.Join("  ", row))));
            return;
        }

        var grid = new Grid();
        for (var i = 0; i < all.Max(row => row.Length); i++)
        {
            grid.AddColumn(new GridColumn { NoWrap = i == 0 });
        }

        all.ForEach(row => grid.AddRow([.. row.Select(cell => new Text(Printable(cell)))]));
        AnsiConsole.Write(grid);
    }

    /// <summary>Ends a line that was begun.</summary>
    public void EndLine()
    {
        if (_isInLine)
        {
            Console.WriteLine();
        }

        _isThinking = _isInLine = false;
    }

    private void Prompt()
    {
        if (IsTerminal)
        {
            AnsiConsole.Markup($"\n[green]{_prompt}[/] ");
        }
    }

    private void WriteLine(string text, Style style)
    {
        EndLine();
        Write(text, style);
        Console.WriteLine();
    }

    private void Write(string text, Style style)
    {
        if (IsTerminal && !style.Equals(_plain))
        {
            AnsiConsole.Write(new Text(Printable(text), style));
        }
        else
        {
            Console.Write(Printable(text));
        }
    }

    /// <summary>What models and gateways write must not steer the terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(Printable));

    private static char Printable(char character)
    {
        var isUnsafe = char.IsControl(character) && character is not ('\n' or '\t');
        return isUnsafe ? '\uFFFD' : character;
    }
}
