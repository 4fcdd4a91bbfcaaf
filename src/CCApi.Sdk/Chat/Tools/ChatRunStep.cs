namespace CCApi.Sdk;

/// <summary>
/// Something that happened in <see cref="ChatClient.RunAsync"/>: <see cref="ChatReasoningStep"/>, <see cref="ChatTextStep"/>,
/// <see cref="ChatTurnStep"/>, <see cref="ChatToolCallStep"/>, <see cref="ChatToolResultStep"/> or, as the last,
/// <see cref="ChatDoneStep"/>. Later versions may have more kinds.
/// </summary>
public abstract class ChatRunStep
{
    private protected ChatRunStep()
    {
    }
}
