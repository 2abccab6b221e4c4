//! Draws faults of single messages, links and disks, each with the action that ends it.
//!
//! They came later than the other actions, and draw from a stream of their own: they are added to
//! the actions that a seed draws, and change none of those. One schedule in three has some of them.

use crate::raft::Kind;
use crate::sim::{
    Act, Ends, Filter, LinkQuality, LinkValue, MS, MessageAct, MessageName, MessageState, Micros,
    Servers, Setting, Span,
};

use super::Generator;
use crate::lab::schedule::FAULTS_US;

/// The longest time between two of these actions.
const GAP_US_MAX: Micros = 120 * MS;

/// Which kinds of faults a schedule has.
struct Kinds {
    messages: bool,
    links: bool,
    disks: bool,
}

impl Generator {
    /// The faults of a schedule, in no order.
    pub fn single_faults(&mut self) -> Vec<(Micros, Act)> {
        self.swap_streams();
        let acts = self.draw_single_faults();
        self.swap_streams();
        acts
    }

    fn swap_streams(&mut self) {
        std::mem::swap(&mut self.random, &mut self.random_of_single_faults);
    }

    fn draw_single_faults(&mut self) -> Vec<(Micros, Act)> {
        let mut acts = Vec::new();
        if !self.one_in(3) {
            return acts;
        }
        let kinds = Kinds {
            messages: self.one_in(2),
            links: self.one_in(2),
            // A disk of its own is a setting, and those of a given cluster stay.
            disks: self.one_in(2) && !self.is_given,
        };
        let mut now_us = 0;
        while now_us < FAULTS_US {
            now_us += self.below(GAP_US_MAX) + 1;
            match self.below(4) {
                0 | 1 if kinds.messages => self.one_message(now_us, &mut acts),
                2 if kinds.links && self.servers > 1 => self.own_link(now_us, &mut acts),
                3 if kinds.disks => self.own_disk(now_us, &mut acts),
                _ => {}
            }
        }
        acts
    }

    /// Something happens to one message, if there is such a message then.
    fn one_message(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let past = [MessageState::Delivered, MessageState::Delivered, MessageState::Lost];
        let (state, act) = match self.below(9) {
            0 | 1 => (MessageState::InFlight, MessageAct::Drop),
            2 => (MessageState::InFlight, MessageAct::Hold),
            3 => (MessageState::InFlight, MessageAct::Release),
            4 => (MessageState::InFlight, MessageAct::Delay(self.below(150 * MS) + 1)),
            5 => (MessageState::InFlight, MessageAct::Duplicate),
            _ => (self.pick(&past), MessageAct::Resend(self.below(300 * MS) + 1)),
        };
        let kind = self.one_in(2).then(|| self.pick(&Kind::ALL));
        let from = self.one_in(4).then(|| Ends::Servers(self.server().into()));
        let filter = Filter { kind, from, to: None };
        let nth = self.below(4) as u32 + 1;
        acts.push((now_us, Act::Message(act, MessageName { state, nth, filter })));
        if act == MessageAct::Hold {
            let name =
                || MessageName { state: MessageState::Held, nth: 1, filter: Filter::default() };
            let release_us = now_us + self.below(300 * MS) + 1;
            let release = match self.one_in(4) {
                true => MessageAct::Discard,
                false => MessageAct::Release,
            };
            acts.push((release_us, Act::Message(release, name())));
        }
    }

    /// Links of a server have a latency or a loss of their own for a while.
    fn own_link(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let server = Ends::Servers(self.server().into());
        let others = Ends::Servers(Servers::Others);
        let (from, to) = if self.one_in(2) { (server, others) } else { (others, server) };
        let spans = [Span::new(100, MS), Span::new(20 * MS, 60 * MS), Span::new(MS, 200 * MS)];
        let latency = self.pick(&spans);
        let loss_ppm = self.pick(&[0, 100_000, 500_000, 1_000_000]);
        let (has_latency, has_loss) = self.pick(&[(true, false), (false, true), (true, true)]);
        let quality = LinkQuality {
            latency: has_latency.then_some(LinkValue::Own(latency)),
            loss_ppm: has_loss.then_some(LinkValue::Own(loss_ppm)),
        };
        let both = self.one_in(2);
        let until_us = now_us + self.below(500 * MS) + 1;
        let link = |quality| Act::Link { from: from.clone(), to: to.clone(), both, quality };
        acts.extend([(now_us, link(quality)), (until_us, link(LinkQuality::DEFAULT))]);
    }

    /// A disk is slow, or quicker than the others, for a while.
    fn own_disk(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let server = self.server();
        let ms = |from: u64, to: u64| Span::new(from * MS, to * MS);
        let own = self.pick(&[ms(0, 0), ms(5, 20), ms(30, 30), ms(0, 100), ms(100, 300)]);
        let until_us = now_us + self.below(500 * MS) + 1;
        let disk = |own| Act::Set(Setting::DiskOf { server, own });
        acts.extend([(now_us, disk(Some(own))), (until_us, disk(None))]);
    }
}
