namespace CCApi.Sdk;

/// <summary>Observes the reads of a stream.</summary>
internal interface IReadObserver
{
    /// <summary>Is called before every read.</summary>
    void OnReading();

    /// <summary>Is called after every read.</summary>
    /// <param name="bytes">The number of bytes that were read; 0 at the end.</param>
    void OnRead(int bytes);
}
