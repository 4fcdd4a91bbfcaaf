using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk.App;

internal static class Prompts
{
    public const string Model = "openai/gpt-4o-mini";

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"item-{number:d7}");

    public static string TextOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Write one sentence about the number {number}.");

    public static async IAsyncEnumerable<BulkItem> Items(int count)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        for (var i = 1; i <= count; i++)
        {
            yield return BulkItem.Chat(IdOf(i), new ChatCompletionRequest
            {
                Model = Model,
                Messages = [ChatMessage.User(TextOf(i))],

                // What a budget reserves is near to what is charged.
                MaxTokens = 64,
            });
        }
    }
}
