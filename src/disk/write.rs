//! Files written whole or not at all: into a neighbour first, then renamed over the old one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that takes its name only when it is complete; dropped before that, it leaves nothing behind.
pub struct WholeFile {
    target: PathBuf,
    neighbour: PathBuf,
    out: Option<BufWriter<File>>,
}

impl WholeFile {
    /// Begins to write `path`. A symbolic link is followed, so that it stays a link.
    pub fn create(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
        // The process's number keeps two runs apart; within a run no file is written twice at a time.
        let neighbour = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let out = File::create(&neighbour)?;
        Ok(WholeFile { target, neighbour, out: Some(BufWriter::new(out)) })
    }

    /// Completes the file: its bytes reach the disk, then it takes its name, with the old one's permissions.
    pub fn finish(mut self) -> io::Result<()> {
        let file = match self.out.take() {
            Some(out) => out.into_inner()?,
            None => return Ok(()),
        };
        if let Ok(old) = fs::metadata(&self.target) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        drop(file);
        fs::rename(&self.neighbour, &self.target)
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.neighbour);
    }
}

/// Writes a whole file.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes)?;
    file.finish()
}
