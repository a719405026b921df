"""The address /was, where Danish public sites keep their accessibility statement."""

from views.grounds import accessibility

accessibility.page()
