namespace CCApi.Sdk.Benchmarks;

/// <summary>The same stream with a member of another length and value in every chunk (observed), of which only the text is wanted.</summary>
public class StreamWithPadding : StreamAsText
{
    public StreamWithPadding()
        : base(Bodies.PaddedStream)
    {
    }
}
