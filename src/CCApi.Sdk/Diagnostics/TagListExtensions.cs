using System.Diagnostics;

namespace CCApi.Sdk;

/// <summary>Builds lists of tags.</summary>
internal static class TagListExtensions
{
    /// <summary>A list with one more tag; the same when the value is null.</summary>
    public static TagList With(this TagList tags, string name, object? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }

        return tags;
    }
}
