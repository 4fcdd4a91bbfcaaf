namespace CCApi.Emulator;

/// <summary>A place in the JSON that is written for a schema.</summary>
/// <param name="Path">Names and indexes from the root; different for each place.</param>
/// <param name="Name">The name of the member that is filled.</param>
/// <param name="Index">Which item of a list it belongs to.</param>
/// <param name="Depth">How many objects and lists are around it.</param>
internal readonly record struct SchemaPlace(string Path, string Name, int Index, int Depth)
{
    /// <summary>From here on only what must be there: a schema may refer to itself.</summary>
    private const int Deep = 4;

    public static SchemaPlace Root => new(string.Empty, string.Empty, Index: 0, Depth: 0);

    public bool IsDeep => Depth >= Deep;

    public SchemaPlace Member(string name) => new($"{Path}/{name}", name, Index, Depth + 1);

    public SchemaPlace Item(int index) => new($"{Path}/{index}", Name, index, Depth + 1);
}
