namespace CCApi.Sdk.FaultTests;

/// <summary>The calls that meet the faults: the columns of the table, in its order.</summary>
public enum CallKind
{
    /// <summary><c>ChatClient.CompleteAsync</c>.</summary>
    Chat,

    /// <summary><c>ChatClient.StreamAsync</c>, read as text to its end.</summary>
    Stream,

    /// <summary><c>AudioClient.CreateSpeechAsync</c>.</summary>
    Speech,

    /// <summary><c>ImagesClient.GenerateAsync</c>.</summary>
    Image,

    /// <summary><c>ImagesClient.GetJobAsync</c>.</summary>
    Poll,

    /// <summary><c>ImageJob.WaitAsync</c>; the fault happens to the first three polls only.</summary>
    Wait,

    /// <summary><c>CatalogClient.ListModelsAsync</c>.</summary>
    Catalog,

    /// <summary><c>ImagesClient.SaveAsync</c> of an image behind a URL.</summary>
    Download,
}
