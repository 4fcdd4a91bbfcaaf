using System.Text;
using System.Threading;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The console of the snippets: what one of them wrote, for the test that runs it.</summary>
internal static class Console
{
    private static readonly AsyncLocal<StringBuilder?> _text = new();

    public static string Text => Of().ToString().TrimEnd();

    public static void Write(string? text) => Of().Append(text);

    public static void WriteLine(string? text) => Of().Append(text).Append('\n');

    private static StringBuilder Of() => _text.Value ??= new StringBuilder();
}
