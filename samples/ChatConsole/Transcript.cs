using System.Text;

namespace ChatConsole;

/// <summary>Writes a conversation for people to read.</summary>
internal static class Transcript
{
    /// <exception cref="ArgumentException">There is nothing to save, or no name.</exception>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static async Task SaveAsync(
        Conversation conversation, string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0 || conversation.Messages.Count == 0)
        {
            throw new ArgumentException(
                path.Length == 0 ? "Name a file: /save chat.md" : "There is nothing to save: say something first.");
        }

        if (Path.Exists(path))
        {
            throw new IOException($"{path} exists: choose another name.");
        }

        // Under another name until it is whole.
        var unfinished = path + ".tmp";
        try
        {
            await File.WriteAllTextAsync(unfinished, Write(conversation), cancellationToken);
            File.Move(unfinished, path);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static string Write(Conversation conversation)
    {
        var text = new StringBuilder();
        foreach (var message in conversation.Messages)
        {
            text.Append("## ").Append(message.Role).Append("\n\n");
            foreach (var _ in message.Content?.Parts?.Where(part => part.ImageUrl is not null) ?? [])
            {
                text.Append("(an image)\n\n");
            }

            foreach (var call in message.ToolCalls ?? [])
            {
                text.Append('`').Append(call.Function?.Name).Append('(').Append(call.Function?.Arguments).Append(")`\n\n");
            }

            if (message.Content?.Text is { Length: > 0 } content)
            {
                text.Append(content).Append("\n\n");
            }
        }

        return text.ToString();
    }
}
