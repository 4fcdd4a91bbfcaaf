using Spectre.Console;

namespace Quickstart;

/// <summary>Writes to the terminal; without color when the output goes to a file or another program.</summary>
internal static class Output
{
    public static void Title(string text)
    {
        Console.WriteLine();
        AnsiConsole.Write(new Rule(Markup.Escape(text)) { Justification = Justify.Left });
    }
}
