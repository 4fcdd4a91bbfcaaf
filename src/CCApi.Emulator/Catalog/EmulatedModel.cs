namespace CCApi.Emulator;

/// <summary>A model of the emulator's catalog.</summary>
/// <param name="Id">The id, <c>provider/name</c>.</param>
/// <param name="DisplayName">The name that people read.</param>
/// <param name="Type">What it makes: text, audio or image.</param>
/// <param name="Price">What it costs.</param>
/// <param name="ContextLength">How many tokens it takes; 0 when that means nothing.</param>
/// <param name="Traits">What it can do beyond its type.</param>
internal sealed record EmulatedModel(
    string Id,
    string DisplayName,
    string Type,
    EmulatedPrice Price,
    int ContextLength,
    ModelTraits Traits)
{
    public const string Text = "text";
    public const string Audio = "audio";
    public const string Image = "image";

    /// <summary>A model that is not in the catalog and costs nothing; scripts may respond for any model.</summary>
    public static EmulatedModel Unknown(string id, string type) =>
        new(id, id, type, new EmulatedPrice(0m, 0m), 0, (ModelTraits)int.MaxValue & ~ModelTraits.Async);

    public string Provider => Id.Split('/')[0];

    public bool Has(ModelTraits trait) => Traits.HasFlag(trait);
}
