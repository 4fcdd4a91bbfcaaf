using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

internal sealed class SpeechWork(AudioSpeechRequest request) : ItemWork
{
    public override BulkItemKind Kind => BulkItemKind.Speech;

    public override bool HasMedia => true;

    public override byte[] RequestJson() => JsonSerializer.SerializeToUtf8Bytes(request, BulkJson.Default.AudioSpeechRequest);

    public override async Task<ItemResult> SendAsync(ItemContext context)
    {
        var response = await context.Client.Audio.CreateSpeechAsync(request, context.Options, context.CancellationToken)
            .ConfigureAwait(false);
        return new ItemResult(response, response.Info?.Cost);
    }

    public override string Write(object response, bool withoutMedia)
    {
        var speech = (AudioSpeechResponse)response;
        var audio = speech.B64Audio;
        try
        {
            speech.B64Audio = withoutMedia ? null : audio;
            return JsonSerializer.Serialize(speech, BulkJson.Default.AudioSpeechResponse);
        }
        finally
        {
            speech.B64Audio = audio;
        }
    }

    public override ItemResult Read(string response, string? value) =>
        new(Read(response, BulkJson.Default.AudioSpeechResponse));

    public override async Task<IReadOnlyList<string>> SaveAsync(
        CCApiClient client, object response, string path, CancellationToken cancellationToken)
    {
        var options = new MediaSaveOptions { Overwrite = true };
        return [await client.Audio.SaveAsync((AudioSpeechResponse)response, path, options, cancellationToken).ConfigureAwait(false)];
    }
}
