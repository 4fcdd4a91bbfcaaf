namespace CCApi.Sdk.Models;

/// <summary>What the sender of a request expects of its response, beyond what the contract says.</summary>
internal interface IResponseCheck
{
    /// <summary>Whether the response is what was expected.</summary>
    bool Accepts(ChatCompletionResponse response);
}
