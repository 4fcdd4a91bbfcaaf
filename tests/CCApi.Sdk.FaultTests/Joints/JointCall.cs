namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>The calls of the joint tests: the rows of their tables, in this order.</summary>
public enum JointCall
{
    /// <summary><c>ChatClient.CompleteAsync</c>.</summary>
    Chat,

    /// <summary><c>ChatClient.StreamAsync</c>, read with <c>ReadTextAsync</c>.</summary>
    Text,

    /// <summary><c>ChatClient.StreamAsync</c>, enumerated by chunk.</summary>
    Chunks,

    /// <summary><c>ReadReasoningAsync</c>, then <c>ReadTextAsync</c>.</summary>
    ReasoningText,

    /// <summary><c>ReadReasoningAsync</c>, then <c>GetResponseAsync</c>.</summary>
    ReasoningResponse,

    /// <summary><c>ChatClient.RunAsync</c> of two turns.</summary>
    Run,

    /// <summary><c>ChatClient.RunAsync</c> of two streamed turns.</summary>
    RunStreamed,

    /// <summary><c>ChatClient.CompleteAsync</c> of a type, whose first response does not match the schema.</summary>
    Structured,

    /// <summary><c>AudioClient.CreateSpeechAsync</c>.</summary>
    Speech,

    /// <summary><c>AudioClient.StreamSpeechAsync</c>; the response is the sound.</summary>
    SpeechStream,

    /// <summary><c>AudioClient.StreamSpeechAsync</c>; the response is a link to another host.</summary>
    SpeechLink,

    /// <summary><c>ImagesClient.GenerateAsync</c> of a <c>LegacyImageGenerationRequest</c>.</summary>
    Image,

    /// <summary><c>ImagesClient.GenerateAsync</c> of a <c>MultimodalImageGenerationRequest</c>: starts a job and polls it twice.</summary>
    ImageJob,

    /// <summary><c>ImagesClient.StartAsync</c>, then <c>ImageJob.WaitAsync</c>.</summary>
    JobWait,

    /// <summary><c>ImagesClient.StartAsync</c>, then <c>ImageJob.WatchAsync</c>.</summary>
    JobWatch,

    /// <summary><c>ImagesClient.OpenReadAsync</c> of an image on another host.</summary>
    Download,

    /// <summary><c>CatalogClient.EnumerateModelsAsync</c> over two pages.</summary>
    Catalog,

    /// <summary><c>CCApiClient.SendAsync</c> of a POST.</summary>
    Send,

    /// <summary><c>CCApiClient.SendAsync</c> of a POST without a body.</summary>
    SendEmpty,
}
