using CCApi.Sdk;

namespace CatalogBrowser;

/// <summary>The job whose price is compared.</summary>
internal sealed record Job(string Title, PricedUsage Usage)
{
    private const long DefaultCompletion = 500;

    /// <summary>The job of the options; null when none was given.</summary>
    /// <exception cref="ArgumentException">There are several, or a number is negative.</exception>
    public static Job? From(long? prompt, long? completion, long? images, long? characters)
    {
        var isChat = prompt is not null || completion is not null;
        var jobs = (isChat ? 1 : 0) + (images is null ? 0 : 1) + (characters is null ? 0 : 1);
        if (jobs > 1)
        {
            throw new ArgumentException("Compare one job at a time: --prompt and --completion, --images, or --characters.");
        }

        if (prompt < 0 || completion < 0 || images < 1 || characters < 1)
        {
            throw new ArgumentException("A job needs positive numbers, such as --prompt 2000 or --images 1.");
        }

        if (images is { } count)
        {
            return new Job(Name($"{count:#,0} images"), PricedUsage.ForImages(count));
        }

        if (characters is { } length)
        {
            return new Job(Name($"{length:#,0} characters"), PricedUsage.ForCharacters(length));
        }

        if (!isChat)
        {
            return null;
        }

        var (sent, received) = (prompt ?? 0, completion ?? DefaultCompletion);
        return new Job(Name($"{sent:#,0} + {received:#,0} tokens"), PricedUsage.ForTokens(sent, received));
    }

    private static string Name(FormattableString name) => FormattableString.Invariant(name);
}
