using System;

namespace CCApi.Emulator;

/// <summary>The method and path of the requests that a rule takes.</summary>
/// <param name="Method">The method; null for any.</param>
/// <param name="Path">The path below <c>/v1</c>; with a <c>*</c> at its end, its start. Null for any.</param>
internal sealed record ScriptRoute(string? Method, string? Path)
{
    public static ScriptRoute Chat { get; } = new("POST", "/chat/completions");

    public static ScriptRoute Speech { get; } = new("POST", "/audio/speech");

    /// <summary>Both operations: <c>/images/generations</c> and <c>/images/generate</c>.</summary>
    public static ScriptRoute Images { get; } = new("POST", "/images/generat*");

    public static ScriptRoute Jobs { get; } = new("GET", "/images/jobs/*");

    public static ScriptRoute Models { get; } = new("GET", "/models");

    public bool Matches(ReceivedRequest request)
    {
        var isMethod = Method is null || Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase);
        return isMethod && (Path is null || IsPath(request.Path));
    }

    private bool IsPath(string path)
    {
        var below = path.StartsWith("/v1/", StringComparison.Ordinal) ? path["/v1".Length..] : path;
        if (Path!.EndsWith('*'))
        {
            return below.StartsWith(Path[..^1], StringComparison.Ordinal);
        }

        return below.Equals(Path, StringComparison.Ordinal);
    }
}
