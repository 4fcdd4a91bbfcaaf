using System;

namespace CCApi.Sdk;

/// <summary>How audio or an image is saved.</summary>
public sealed class MediaSaveOptions
{
    /// <summary>Whether a file that exists is replaced. Otherwise it is left alone and the saving fails.</summary>
    /// <value>The default is false.</value>
    public bool Overwrite { get; set; }

    /// <summary>The largest file that is saved, in bytes; a larger one fails and leaves nothing behind.</summary>
    /// <value>More than 0. The default is null: any size.</value>
    public long? MaxBytes { get; set; }

    /// <summary>Receives the number of bytes of the file that were written so far, after each piece, while it is saved.</summary>
    /// <value>The default is null.</value>
    /// <remarks><see cref="MediaStream.ContentLength"/> says how many there will be, where the server does.</remarks>
    public IProgress<long>? Progress { get; set; }

    internal void Check(string parameterName)
    {
        if (MaxBytes <= 0)
        {
            throw new ArgumentException("MaxBytes must be more than 0; leave it null for any size.", parameterName);
        }
    }
}
