using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CCApi.Emulator.Tests.Support;

/// <summary>The decoders of ffmpeg, where they are installed.</summary>
internal static class Decoder
{
    public static bool IsMissing => !(System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")));

    /// <summary>What ffprobe takes the file for, and how loud ffmpeg decodes it: 0 is silence, 1 the loudest.</summary>
    public static async Task<(string Codec, double Seconds, double Rms, string Errors)> ReadAsync(byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file, World.Token);
            var (json, _) = await RunAsync("ffprobe", "-v", "error", "-of", "json", "-show_entries", "format=duration:stream=codec_name", path);
            var (pcm, errors) = await RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "s16le", "-");
            var samples = Enumerable.Range(0, pcm.Length / 2).Select(i => (double)(short)(pcm[2 * i] | (pcm[(2 * i) + 1] << 8)) / short.MaxValue).ToList();
            var response = JsonNode.Parse(json)!;
            return (
                response["streams"]![0]!["codec_name"]!.GetValue<string>(), double.Parse(response["format"]!["duration"]!.GetValue<string>(), CultureInfo.InvariantCulture),
                System.Math.Sqrt(samples.Average(sample => sample * sample)), errors);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What ffprobe takes an image for, and its size, when ffmpeg decodes all of it.</summary>
    public static async Task<string> SizeAsync(string path)
    {
        var (_, errors) = await RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "null", "-");
        var (json, _) = await RunAsync("ffprobe", "-v", "error", "-of", "json", "-show_entries", "stream=codec_name,width,height", path);
        var image = JsonNode.Parse(json)!["streams"]![0]!;
        return $"{image["codec_name"]} {image["width"]}x{image["height"]}{errors}";
    }

    private static async Task<(byte[] Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(World.Token);
        var output = await process.StandardOutput.BaseStream.ToArrayAsync();
        await process.WaitForExitAsync(World.Token).WaitAsync(World.Patience, World.Token);
        return (output, await errors);
    }
}
