using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A value with what the storage recognizes its version by.</summary>
internal sealed class StoredState<T>
    where T : class, new()
{
    internal GrainState<T> Raw { get; } = new(new T());

    /// <summary>The value.</summary>
    public T Value
    {
        get => Raw.State!;
        set => Raw.State = value;
    }

    /// <summary>Whether it is stored.</summary>
    public bool Exists => Raw.RecordExists;
}
