using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;

namespace CCApi.Sdk.WireMockTests;

/// <summary>What is left when a program is killed (SIGKILL), and what its next run can do.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int Piece = 64 * 1024;
    private const int Pieces = 8;

    private static readonly byte[] _image = Image();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("job")]
    [InlineData("state processing")]
    [InlineData("state upscaling")]
    public async Task Wait_Killed_IsTakenUpAgainByTheId(string killedAt)
    {
        var questions = 0;
        var isDone = false;
        using var media = new MediaServer((_, stream) => SendAsync(stream, Pieces, Task.CompletedTask));
        using var gateway = new MediaServer((request, stream) => request.StartsWith("POST", StringComparison.Ordinal)
            ? MediaServer.WriteJsonAsync(stream, """{"id":"job_3fW8","status":"pending"}""", "202 Accepted")
            : MediaServer.WriteJsonAsync(
                stream,
                Volatile.Read(ref isDone) ? $$"""{"id":"job_3fW8","status":"completed","data":[{"url":"{{media.Url}}/a.png"}]}"""
                : Interlocked.Increment(ref questions) == 1 ? """{"id":"job_3fW8","status":"processing"}"""
                : """{"id":"job_3fW8","status":"upscaling"}"""));

        using var first = RunningApp.Start("start", $"{gateway.Url}/v1");
        var id = await first.ReadAsync("job");
        if (killedAt != "job")
        {
            await first.ReadAsync(killedAt);
        }

        var said = await first.KillAsync();
        Volatile.Write(ref isDone, true);
        using var second = RunningApp.Start("resume", $"{gateway.Url}/v1", id, _folder.At("fox"));
        var path = await second.ReadAsync("saved");

        Assert.DoesNotContain("done", said, StringComparison.Ordinal);
        Assert.Equal(_folder.At("fox.png"), path);
        Assert.Equal(_image, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Single(gateway.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_KilledManyTimes_LeavesTheWholeFileOrNone()
    {
        const int rounds = 32;
        var wholeFiles = 0;
        for (var round = 0; round < rounds; round++)
        {
            // The first rounds are killed between two pieces, the others at moments further and further into the last step.
            var pieces = Math.Min(round, Pieces);
            var path = _folder.At($"{round}.png");
            var isOverOld = round % 2 == 1;
            if (isOverOld)
            {
                await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
            }

            var killed = new TaskCompletionSource();
            using var media = new MediaServer((_, stream) => SendAsync(stream, pieces, killed.Task));
            using var app = RunningApp.Start("save", $"{media.Url}/v1", $"{media.Url}/a.png", path, isOverOld ? "overwrite" : "new");
            await app.ReadAsync($"bytes {Math.Max(pieces * Piece, 16)}");
            Thread.SpinWait(Math.Max(0, round - Pieces) * 30_000);
            var said = await app.KillAsync();
            killed.SetResult();

            var isWhole = IsWhole(path, isOverOld);
            wholeFiles += isWhole ? 1 : 0;
            Assert.False(isWhole && pieces < Pieces, $"Round {round}: there is a file before all of it came.");
            Assert.False(!isWhole && said.Contains("saved", StringComparison.Ordinal), $"Round {round}: it said that it had saved, and there is no file.");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{wholeFiles} of {rounds} files were whole.");
        Assert.All(_folder.Files, file => Assert.True(file.EndsWith(".png", StringComparison.Ordinal) || file.EndsWith(".tmp", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Save_OfAHundredMegabytes_AllocatesLittle()
    {
        const long length = 100L * 1024 * 1024;
        using var media = new MediaServer(async (_, stream) =>
        {
            await MediaServer.WriteHeadAsync(stream, "image/png", length);
            for (var sent = 0L; sent < length; sent += _image.Length)
            {
                await stream.WriteAsync(_image);
            }
        });

        using var app = RunningApp.Start("save", $"{media.Url}/v1", $"{media.Url}/a.png", _folder.At("large"), "quiet");
        var path = await app.ReadAsync("saved");
        var allocated = long.Parse(await app.ReadAsync("allocated"), provider: null);

        TestContext.Current.TestOutputHelper?.WriteLine($"{allocated} bytes were allocated by the whole program.");
        Assert.Equal(length, new FileInfo(path).Length);
        Assert.InRange(allocated, 1, 20_000_000);
    }

    /// <summary>Whether the file is there; what is there is the whole of the new file, or the old one.</summary>
    private static bool IsWhole(string path, bool isOverOld)
    {
        if (!File.Exists(path))
        {
            Assert.False(isOverOld, "The old file is gone, and no new one is there.");
            return false;
        }

        var bytes = File.ReadAllBytes(path);
        if (isOverOld && bytes.SequenceEqual("old"u8.ToArray()))
        {
            return false;
        }

        Assert.True(_image.AsSpan().SequenceEqual(bytes), $"There are {bytes.Length} of {_image.Length} bytes, or others.");
        return true;
    }

    private static async Task SendAsync(Stream stream, int pieces, Task end)
    {
        await MediaServer.WriteHeadAsync(stream, "image/png", _image.Length);
        await stream.WriteAsync(_image.AsMemory(0, Math.Max(pieces * Piece, 16)));
        await end;
    }

    private static byte[] Image()
    {
        var image = new byte[Piece * Pieces];
        new Random(20261103).NextBytes(image);
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }.CopyTo(image, 0);
        return image;
    }
}
