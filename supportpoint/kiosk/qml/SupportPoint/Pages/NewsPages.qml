pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk

// What a person comes to hear: of a case, and of the world.
Item {
    id: root

    required property Navigator navigator
    required property ShellViewModel shell
    required property TrackViewModel track
    required property SupplementViewModel supplement
    required property LearnViewModel learn
    required property ArticleViewModel article

    // The page of that name, null when it is none of these.
    function find(page: string): Component {
        switch (page) {
        case "track":
            return trackPage;
        case "status":
            return statusPage;
        case "supplement":
            return supplementPage;
        case "shelf":
            return shelfPage;
        case "article":
            return articlePage;
        default:
            return null;
        }
    }

    Component {
        id: trackPage
        TrackPage {
            shell: root.shell
            navigator: root.navigator
            track: root.track
        }
    }

    Component {
        id: statusPage
        StatusPage {
            shell: root.shell
            navigator: root.navigator
            track: root.track
            supplement: root.supplement
        }
    }

    Component {
        id: supplementPage
        SupplementPage {
            shell: root.shell
            navigator: root.navigator
            supplement: root.supplement
        }
    }

    Component {
        id: shelfPage
        ShelfPage {
            shell: root.shell
            navigator: root.navigator
            learn: root.learn
        }
    }

    Component {
        id: articlePage
        ArticlePage {
            shell: root.shell
            navigator: root.navigator
            article: root.article
        }
    }
}
