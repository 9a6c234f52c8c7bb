//! A survey of the workspace under way: shown as progress where it takes a while, and stopped where nobody waits for it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::ls_types::*;

/// With fewer drafts to read nobody needs to be told how far it is.
const MANY: usize = 32;

/// Stops a survey.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// What is read is enough.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Stops a survey when whoever waited for it is gone.
#[derive(Debug)]
pub struct Wanted(pub Stop);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// The survey's side of it.
#[derive(Debug)]
pub struct Scan {
    stop: Stop,
    steps: mpsc::UnboundedSender<(usize, usize)>,
}

impl Scan {
    /// A survey that can be stopped, and what it says of its steps.
    pub fn new(stop: Stop) -> (Self, mpsc::UnboundedReceiver<(usize, usize)>) {
        let (steps, said) = mpsc::unbounded_channel();
        (Scan { stop, steps }, said)
    }

    /// So many drafts of so many are read; says whether to read on.
    pub fn step(&self, done: usize, of: usize) -> bool {
        // Nobody may want to be told.
        let _ = self.steps.send((done, of));
        !self.stop.0.load(Ordering::Relaxed)
    }
}

/// All surveys that are shown, by their tokens.
#[derive(Debug, Clone, Default)]
pub struct Scans {
    shown: Arc<Mutex<HashMap<ProgressToken, Stop>>>,
    created: Arc<AtomicU32>,
}

impl Scans {
    /// The user wants no more of it.
    pub fn cancel(&self, token: &ProgressToken) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.get(token).into_iter().for_each(Stop::stop);
    }

    /// Shows a survey until it ends: under the token of the request that wants it, or else, where the client can and there
    /// is much to read, under one of our own. The client may take its time: nothing waits for this.
    pub async fn show(
        self,
        client: Client,
        asked: Option<ProgressToken>,
        can: bool,
        stop: Stop,
        mut steps: mpsc::UnboundedReceiver<(usize, usize)>,
    ) {
        let Some(first) = steps.recv().await else { return };
        let token = match asked {
            Some(token) => token,
            None if can && first.1 >= MANY => {
                let own = format!("claimlint/survey/{}", self.created.fetch_add(1, Ordering::Relaxed));
                let token = ProgressToken::String(own);
                if client.create_work_done_progress(token.clone()).await.is_err() {
                    return;
                }
                token
            }
            None => return,
        };
        self.keep(&token, Some(stop));
        let tell = |value| {
            let value = ProgressParamsValue::WorkDone(value);
            client.send_notification::<notification::Progress>(ProgressParams { token: token.clone(), value })
        };
        tell(WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: "Reading the drafts of the workspace".to_owned(),
            cancellable: Some(true),
            message: None,
            percentage: Some(0),
        }))
        .await;
        let (mut told, mut last) = (0, first);
        while let Some((done, of)) = steps.recv().await {
            last = (done, of);
            let percent = u32::try_from(done * 100 / of.max(1)).unwrap_or(100);
            if percent > told {
                told = percent;
                tell(WorkDoneProgress::Report(WorkDoneProgressReport {
                    cancellable: Some(true),
                    message: Some(format!("{done} of {of}")),
                    percentage: Some(percent),
                }))
                .await;
            }
        }
        let message = format!("{} of {} read", last.0, last.1);
        tell(WorkDoneProgress::End(WorkDoneProgressEnd { message: Some(message) })).await;
        self.keep(&token, None);
    }

    fn keep(&self, token: &ProgressToken, stop: Option<Stop>) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        match stop {
            Some(stop) => drop(shown.insert(token.clone(), stop)),
            None => drop(shown.remove(token)),
        }
    }
}
